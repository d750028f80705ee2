package io.assay.assertion.statistics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether probabilities mean what they say: the expected calibration error over ten bins of equal
 * width, {@code sum over bins of n_b / n |mean probability - share of positives|} (Naeini, Cooper
 * and Hauskrecht, 2015; Guo et al., 2017).
 *
 * <p>Bin i holds i / 10 < p <= (i + 1) / 10, and 0 the first. Sums are exact, so the error is the
 * same in every order and split. What is no probability (NaN, below 0, above 1) counts as missing.
 */
public final class Calibration implements Mergeable<Calibration> {
  private static final int VERSION = 1;
  private static final int BINS = 10;
  private static final NumberBins EDGES = NumberBins.ofWidth(0, 1, BINS);

  private final long[] counts = new long[BINS];
  private final long[] positives = new long[BINS];
  private final ExactSum[] sums = new ExactSum[BINS];
  private long missing;

  public Calibration() {
    for (int i = 0; i < BINS; i++) {
      sums[i] = new ExactSum();
    }
  }

  public void add(double probability, boolean positive) {
    if (!(probability >= 0 && probability <= 1)) {
      missing++;
      return;
    }
    int bin = EDGES.bin(probability);
    counts[bin]++;
    positives[bin] += positive ? 1 : 0;
    sums[bin].add(probability);
  }

  public void addMissing() {
    missing++;
  }

  public long missing() {
    return missing;
  }

  public long count() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  /** Empty when there is no probability. */
  public OptionalDouble error() {
    if (count() == 0) {
      return OptionalDouble.empty();
    }
    Dyadic off = Dyadic.ZERO;
    for (int i = 0; i < BINS; i++) {
      Dyadic held = new Dyadic(BigInteger.valueOf(positives[i]), 0);
      off = off.plus(sums[i].value().minus(held).abs());
    }
    return OptionalDouble.of(off.dividedBy(BigInteger.valueOf(count())));
  }

  /**
   * One of the ten bins.
   *
   * @param upTo the last probability that belongs to it
   * @param count predictions in it
   * @param positives of them, those that came true
   * @param mean of the predictions; empty where there are none
   */
  public record Bin(double upTo, long count, long positives, OptionalDouble mean) {}

  /** From the lowest probabilities to the highest. */
  public List<Bin> bins() {
    List<Bin> all = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      OptionalDouble mean =
          counts[i] == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(sums[i].value().dividedBy(BigInteger.valueOf(counts[i])));
      all.add(new Bin((i + 1) / (double) BINS, counts[i], positives[i], mean));
    }
    return all;
  }

  @Override
  public void merge(Calibration other) {
    missing += other.missing;
    for (int i = 0; i < BINS; i++) {
      counts[i] += other.counts[i];
      positives[i] += other.positives[i];
      sums[i].merge(other.sums[i]);
    }
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(missing);
    for (int i = 0; i < BINS; i++) {
      out.writeUnsigned(counts[i]).writeUnsigned(positives[i]);
      sums[i].write(out);
    }
    return out.toBytes();
  }

  public static Calibration read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "a calibration");
    var calibration = new Calibration();
    calibration.missing = in.readCount();
    for (int i = 0; i < BINS; i++) {
      calibration.counts[i] = in.readCount();
      calibration.positives[i] = in.readCount();
      calibration.sums[i] = ExactSum.read(in);
    }
    in.end();
    return calibration;
  }
}
