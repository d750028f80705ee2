package io.assay.assertion.statistics;

import java.util.Optional;
import java.util.OptionalDouble;

/** Predictions against truths, yes or no each. */
public final class Confusion implements Mergeable<Confusion> {
  private static final int VERSION = 1;

  private long truePositives;
  private long falsePositives;
  private long falseNegatives;
  private long trueNegatives;

  public void add(boolean predicted, boolean truth) {
    if (predicted) {
      truePositives += truth ? 1 : 0;
      falsePositives += truth ? 0 : 1;
    } else {
      falseNegatives += truth ? 1 : 0;
      trueNegatives += truth ? 0 : 1;
    }
  }

  public long count() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /** How many of the predicted are true; empty when none was predicted. */
  public OptionalDouble precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** How many of the true were predicted; empty when none is true. */
  public OptionalDouble recall() {
    return share(truePositives, truePositives + falseNegatives);
  }

  /** How many predictions are right; empty when there is none. */
  public OptionalDouble accuracy() {
    return share(truePositives + trueNegatives, count());
  }

  /**
   * Where the true share lies, Wilson's interval.
   *
   * @param share {@code precision} or {@code recall}
   * @return empty where there is none, or of another share
   */
  public Optional<ShareInterval> interval(String share, double confidence) {
    long all =
        switch (share) {
          case "precision" -> truePositives + falsePositives;
          case "recall" -> truePositives + falseNegatives;
          default -> 0;
        };
    return all == 0
        ? Optional.empty()
        : Optional.of(ShareInterval.wilson(truePositives, all, confidence));
  }

  private static OptionalDouble share(long part, long all) {
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
  }

  @Override
  public void merge(Confusion other) {
    truePositives += other.truePositives;
    falsePositives += other.falsePositives;
    falseNegatives += other.falseNegatives;
    trueNegatives += other.trueNegatives;
  }

  @Override
  public byte[] toBytes() {
    return new StatisticWriter(VERSION)
        .writeUnsigned(truePositives)
        .writeUnsigned(falsePositives)
        .writeUnsigned(falseNegatives)
        .writeUnsigned(trueNegatives)
        .toBytes();
  }

  public static Confusion read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "a confusion");
    var confusion = new Confusion();
    confusion.truePositives = in.readCount();
    confusion.falsePositives = in.readCount();
    confusion.falseNegatives = in.readCount();
    confusion.trueNegatives = in.readCount();
    in.end();
    return confusion;
  }
}
