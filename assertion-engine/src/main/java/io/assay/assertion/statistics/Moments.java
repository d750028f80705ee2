package io.assay.assertion.statistics;

import java.math.BigInteger;
import java.util.OptionalDouble;

/**
 * Count, extremes, sum, mean and variance of numbers. Sums are exact, so the results are the true
 * ones, rounded once. (Welford's and Chan's updates are stable, but their last bits depend on the
 * order of events and the split over partials; live and backtest would differ.)
 *
 * <p>NaN and the infinities are no numbers here: they count as missing.
 */
public final class Moments implements Mergeable<Moments> {
  private static final int VERSION = 1;

  private long count;
  private long missing;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private ExactSum sum = new ExactSum();
  private ExactSum squares = new ExactSum();

  public void add(double value) {
    if (!Double.isFinite(value)) {
      missing++;
      return;
    }
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum.add(value);
    squares.addSquare(value);
  }

  public void addMissing() {
    missing++;
  }

  public long count() {
    return count;
  }

  public long missing() {
    return missing;
  }

  public OptionalDouble min() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(min);
  }

  public OptionalDouble max() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(max);
  }

  /** 0 of no numbers; infinite where the sum is beyond the doubles. */
  public double sum() {
    return sum.value().toDouble();
  }

  public OptionalDouble mean() {
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum.value().dividedBy(BigInteger.valueOf(count)));
  }

  /** Of the sample, with n - 1 below; empty for fewer than two numbers. */
  public OptionalDouble variance() {
    if (count < 2) {
      return OptionalDouble.empty();
    }
    Dyadic total = sum.value();
    Dyadic spread = squares.value().times(count).minus(total.times(total));
    BigInteger pairs = BigInteger.valueOf(count).multiply(BigInteger.valueOf(count - 1));
    return OptionalDouble.of(spread.dividedBy(pairs));
  }

  /** The root of the variance. */
  public OptionalDouble deviation() {
    OptionalDouble variance = variance();
    return variance.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(variance.getAsDouble()));
  }

  @Override
  public void merge(Moments other) {
    count += other.count;
    missing += other.missing;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(count).writeUnsigned(missing);
    if (count > 0) {
      out.writeDouble(min).writeDouble(max);
      sum.write(out);
      squares.write(out);
    }
    return out.toBytes();
  }

  public static Moments read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "moments");
    var moments = new Moments();
    moments.count = in.readCount();
    moments.missing = in.readCount();
    if (moments.count > 0) {
      moments.min = in.readDouble();
      moments.max = in.readDouble();
      moments.sum = ExactSum.read(in);
      moments.squares = ExactSum.read(in);
    }
    in.end();
    return moments;
  }
}
