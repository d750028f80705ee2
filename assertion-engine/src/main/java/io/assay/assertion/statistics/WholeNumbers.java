package io.assay.assertion.statistics;

import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * Count, extremes and sum of whole numbers of 64 bits, such as times in nanoseconds: no double
 * holds these exactly.
 */
public final class WholeNumbers implements Mergeable<WholeNumbers> {
  private static final int VERSION = 1;
  private static final int HALF = 32;

  private long count;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /** Sums of the upper and of the lower halves: neither overflows before 2^31 numbers. */
  private long upper;

  private long lower;

  public void add(long value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    upper += value >> HALF;
    lower += value & 0xFFFFFFFFL;
    carry();
  }

  private void carry() {
    upper += lower >>> HALF;
    lower &= 0xFFFFFFFFL;
  }

  public long count() {
    return count;
  }

  public OptionalLong min() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(min);
  }

  public OptionalLong max() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(max);
  }

  /** 0 of no numbers; empty where it is beyond 64 bits. */
  public OptionalLong sum() {
    BigInteger sum = BigInteger.valueOf(upper).shiftLeft(HALF).add(BigInteger.valueOf(lower));
    return sum.bitLength() < Long.SIZE ? OptionalLong.of(sum.longValue()) : OptionalLong.empty();
  }

  @Override
  public void merge(WholeNumbers other) {
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    upper += other.upper;
    lower += other.lower;
    carry();
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(count);
    if (count > 0) {
      out.writeLong(min).writeLong(max).writeLong(upper).writeLong(lower);
    }
    return out.toBytes();
  }

  public static WholeNumbers read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "whole numbers");
    var numbers = new WholeNumbers();
    numbers.count = in.readCount();
    if (numbers.count > 0) {
      numbers.min = in.readLong();
      numbers.max = in.readLong();
      numbers.upper = in.readLong();
      numbers.lower = in.readLong();
      if (numbers.lower < 0 || numbers.lower > 0xFFFFFFFFL) {
        throw in.broken("a lower half of 32 bits");
      }
    }
    in.end();
    return numbers;
  }
}
