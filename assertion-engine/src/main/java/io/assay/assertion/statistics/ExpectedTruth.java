package io.assay.assertion.statistics;

import java.util.OptionalDouble;

/**
 * What predictions would come to were each as often true as its score says: an estimate for as long
 * as nobody knows, and as good as the scores are calibrated.
 *
 * <p>With p the score of a prediction, the expected number of true positives is the sum of p over
 * those predicted, of false positives that of 1 - p, and likewise of those not predicted;
 * precision, recall and accuracy are the ratios of these sums (confidence-based performance
 * estimation; average confidence: Guillory et al., <i>Predicting with Confidence on Unseen
 * Distributions</i>, 2021). The area under the ROC curve is the share of pairs that are in order,
 * each pair weighted by p of the one and 1 - p of the other; scores that share one of a hundred
 * bins count as ties.
 *
 * <p>Sums are exact, so the order does not matter. What is no probability is left out.
 */
public final class ExpectedTruth implements Mergeable<ExpectedTruth> {
  private static final int VERSION = 1;
  private static final int BINS = 100;

  private final Sum predicted = new Sum();
  private final Sum others = new Sum();
  private final Sum[] bins = new Sum[BINS];

  /** Of some predictions: how many, and the sum of their scores. */
  private static final class Sum {
    private long count;
    private final ExactSum scores = new ExactSum();

    void add(double score) {
      count++;
      scores.add(score);
    }

    void merge(Sum other) {
      count += other.count;
      scores.merge(other.scores);
    }

    double positives() {
      return scores.value().toDouble();
    }

    double negatives() {
      return count - positives();
    }
  }

  public ExpectedTruth() {
    for (int i = 0; i < BINS; i++) {
      bins[i] = new Sum();
    }
  }

  /** A prediction, and the model's own probability that it comes true. */
  public void add(boolean isPredicted, double score) {
    if (score >= 0 && score <= 1) {
      (isPredicted ? predicted : others).add(score);
    }
  }

  /** A score alone, for the area. */
  public void add(double score) {
    if (score >= 0 && score <= 1) {
      bins[Math.min(BINS - 1, (int) (score * BINS))].add(score);
    }
  }

  /** Empty when none was predicted. */
  public OptionalDouble precision() {
    return share(predicted.positives(), (double) predicted.count);
  }

  /** Empty when none is expected to be true. */
  public OptionalDouble recall() {
    return share(predicted.positives(), predicted.positives() + others.positives());
  }

  /** Empty when there is none. */
  public OptionalDouble accuracy() {
    return share(
        predicted.positives() + others.negatives(), (double) (predicted.count + others.count));
  }

  /** Empty when all are expected to be alike. */
  public OptionalDouble auc() {
    double inOrder = 0;
    double below = 0;
    double positives = 0;
    for (Sum bin : bins) {
      double own = bin.positives();
      inOrder += own * (below + bin.negatives() / 2);
      below += bin.negatives();
      positives += own;
    }
    return share(inOrder, positives * below);
  }

  private static OptionalDouble share(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }

  @Override
  public void merge(ExpectedTruth other) {
    predicted.merge(other.predicted);
    others.merge(other.others);
    for (int i = 0; i < BINS; i++) {
      bins[i].merge(other.bins[i]);
    }
  }

  @Override
  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION);
    write(predicted, out);
    write(others, out);
    for (int i = 0; i < BINS; i++) {
      if (bins[i].count > 0) {
        out.writeUnsigned(i);
        write(bins[i], out);
      }
    }
    return out.writeUnsigned(BINS).toBytes();
  }

  private static void write(Sum sum, StatisticWriter out) {
    out.writeUnsigned(sum.count);
    sum.scores.write(out);
  }

  public static ExpectedTruth read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "an expected truth");
    var expected = new ExpectedTruth();
    read(expected.predicted, in);
    read(expected.others, in);
    for (long bin = in.readCount(); bin != BINS; bin = in.readCount()) {
      if (bin > BINS) {
        throw in.broken("a bin");
      }
      read(expected.bins[(int) bin], in);
    }
    in.end();
    return expected;
  }

  private static void read(Sum sum, StatisticReader in) {
    sum.count = in.readCount();
    sum.scores.merge(ExactSum.read(in));
  }
}
