package io.assay.assertion.statistics;

import java.math.BigInteger;

/**
 * A sum of doubles without any rounding, hence the same in every order and split.
 *
 * <p>A fixed-point number wide enough for every double and its square, in chunks of 32 bits held in
 * longs, so that carries wait (Neal, <i>Fast exact summation using small and large
 * superaccumulators</i>, 2015). Only the chunks between the smallest and the largest number seen
 * are held: usually five to ten. An addition costs three additions to chunks, a square nine.
 */
final class ExactSum {
  private static final int BITS = 32;
  private static final long MASK = (1L << BITS) - 1;

  /** Below the square of the smallest double, 2^-2148, and a whole number of chunks. */
  private static final int LOWEST = -68 * BITS;

  private static final int EXPONENT_BIAS = 1075;
  private static final int HALF = 27;

  /** Chunks take additions below 2^32 each, so that 2^30 of them are far from an overflow. */
  private static final int MOST_WAITING = 1 << 30;

  private int base;
  private long[] chunks = {};
  private int waiting;

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits);
    if (mantissa != 0) {
      addUnits(mantissa, exponent(bits), bits < 0);
    }
  }

  /** Adds the square of a value, exactly. */
  void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = mantissa(bits);
    if (mantissa != 0) {
      int exponent = 2 * exponent(bits);
      long high = mantissa >>> HALF;
      long low = mantissa & ((1L << HALF) - 1);
      addUnits(low * low, exponent, false);
      addUnits(2 * high * low, exponent + HALF, false);
      addUnits(high * high, exponent + 2 * HALF, false);
    }
  }

  private static long mantissa(long bits) {
    long fraction = bits & 0xFFFFFFFFFFFFFL;
    return (bits & 0x7FF0000000000000L) == 0 ? fraction : fraction | 0x10000000000000L;
  }

  private static int exponent(long bits) {
    return Math.max(1, (int) (bits >>> 52) & 0x7FF) - EXPONENT_BIAS;
  }

  private void addUnits(long units, int exponent, boolean negative) {
    int from = exponent - LOWEST;
    int place = from / BITS;
    int shift = from % BITS;
    reserve(place, place + 3);
    long low = (units << shift) & MASK;
    long middle = (units >>> (BITS - shift)) & MASK;
    long high = (units >>> BITS) >>> (BITS - shift);
    int at = place - base;
    if (negative) {
      chunks[at] -= low;
      chunks[at + 1] -= middle;
      chunks[at + 2] -= high;
    } else {
      chunks[at] += low;
      chunks[at + 1] += middle;
      chunks[at + 2] += high;
    }
    if (++waiting >= MOST_WAITING) {
      carry();
    }
  }

  private void reserve(int from, int to) {
    if (chunks.length == 0) {
      base = from;
      chunks = new long[to - from];
    } else if (from < base || to > base + chunks.length) {
      int lower = Math.min(from, base);
      long[] wider = new long[Math.max(to, base + chunks.length) - lower];
      System.arraycopy(chunks, 0, wider, base - lower, chunks.length);
      base = lower;
      chunks = wider;
    }
  }

  /** Leaves every chunk in 0 .. 2^32 - 1, but for the last, which has the sign. */
  private void carry() {
    if (chunks.length > 0) {
      long last = chunks[chunks.length - 1];
      if (last > MASK || last < -MASK) {
        reserve(base, base + chunks.length + 1);
      }
      for (int i = 0; i + 1 < chunks.length; i++) {
        chunks[i + 1] += chunks[i] >> BITS;
        chunks[i] &= MASK;
      }
    }
    waiting = 0;
  }

  void merge(ExactSum other) {
    other.carry();
    carry();
    if (other.chunks.length > 0) {
      reserve(other.base, other.base + other.chunks.length);
      for (int i = 0; i < other.chunks.length; i++) {
        chunks[other.base - base + i] += other.chunks[i];
      }
      carry();
    }
  }

  Dyadic value() {
    BigInteger sum = BigInteger.ZERO;
    for (int i = chunks.length - 1; i >= 0; i--) {
      sum = sum.shiftLeft(BITS).add(BigInteger.valueOf(chunks[i]));
    }
    return new Dyadic(sum, base * BITS + LOWEST);
  }

  /** The number itself, without trailing zeros: how it was summed up is not to be seen. */
  void write(StatisticWriter out) {
    Dyadic value = value();
    BigInteger units = value.units();
    int zeros = Math.max(0, units.getLowestSetBit());
    out.writeLong(units.signum() == 0 ? 0 : value.exponent() + zeros);
    out.writeBytes(units.shiftRight(zeros).toByteArray());
  }

  static ExactSum read(StatisticReader in) {
    long exponent = in.readLong();
    byte[] bytes = in.readBytes();
    if (exponent < LOWEST || exponent > -LOWEST || bytes.length == 0 || bytes.length > 1024) {
      throw in.broken("a sum of doubles");
    }
    var sum = new ExactSum();
    BigInteger units = new BigInteger(bytes);
    BigInteger rest = units.abs();
    for (int at = (int) exponent; rest.signum() != 0; at += BITS) {
      sum.addUnits(rest.longValue() & MASK, at, units.signum() < 0);
      rest = rest.shiftRight(BITS);
    }
    return sum;
  }
}
