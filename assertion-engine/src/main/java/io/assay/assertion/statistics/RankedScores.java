package io.assay.assertion.statistics;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Scores with their truths, for the area under the ROC curve: how often a positive has a higher
 * score than a negative, ties counting half (Mann and Whitney, 1947; Hanley and McNeil, 1982).
 *
 * <p>Exact until a class has more than 16,384 different scores; from there on near scores count as
 * ties, and {@link Area#error} says how much that can matter.
 */
public final class RankedScores implements Mergeable<RankedScores> {
  private static final int VERSION = 1;

  /** Different scores of a class that are told apart. */
  public static final int LIMIT = 1 << 14;

  private ValueCounts positives = new ValueCounts(LIMIT);
  private ValueCounts negatives = new ValueCounts(LIMIT);

  /**
   * An area, exact but for its error.
   *
   * @param value in 0 .. 1
   * @param error the true area lies within value - error .. value + error
   */
  public record Area(double value, double error) {}

  /** NaN and the infinities count as missing. */
  public void add(double score, boolean positive) {
    (positive ? positives : negatives).add(score);
  }

  public void addMissing() {
    negatives.addMissing();
  }

  public long positives() {
    return positives.count();
  }

  public long negatives() {
    return negatives.count();
  }

  public long missing() {
    return positives.missing() + negatives.missing();
  }

  /** Empty when there is no positive or no negative. */
  public OptionalDouble auc() {
    return positives() == 0 || negatives() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(area().value());
  }

  /**
   * Where the area of all such scores lies: the usual error of an area (Hanley and McNeil, 1982),
   * which takes scores for exponentially distributed; rough for fewer than ten of a class.
   */
  public Optional<ShareInterval> interval(double confidence) {
    if (auc().isEmpty()) {
      return Optional.empty();
    }
    double area = area().value();
    double q1 = area / (2 - area);
    double q2 = 2 * area * area / (1 + area);
    double variance =
        (area * (1 - area)
                + (positives() - 1) * (q1 - area * area)
                + (negatives() - 1) * (q2 - area * area))
            / ((double) positives() * negatives());
    double half = ShareInterval.deviations(confidence) * Math.sqrt(Math.max(0, variance));
    return Optional.of(new ShareInterval(Math.max(0, area - half), Math.min(1, area + half)));
  }

  /** With what the merging of near scores can have cost; needs a positive and a negative. */
  public Area area() {
    if (positives() == 0 || negatives() == 0) {
      throw new IllegalStateException("an area needs a positive and a negative");
    }
    SortedCounts above = positives.sorted();
    SortedCounts below = negatives.sorted();
    int level = Math.max(above.level(), below.level());
    BigInteger twice = BigInteger.ZERO;
    BigInteger tied = BigInteger.ZERO;
    long passed = 0;
    int j = 0;
    for (int i = 0; i < above.size(); ) {
      long key = above.key(i) >> (level - above.level());
      long count = 0;
      for (; i < above.size() && above.key(i) >> (level - above.level()) == key; i++) {
        count += above.count(i);
      }
      for (; j < below.size() && below.key(j) >> (level - below.level()) < key; j++) {
        passed += below.count(j);
      }
      long same = 0;
      for (; j < below.size() && below.key(j) >> (level - below.level()) == key; j++) {
        same += below.count(j);
      }
      BigInteger own = BigInteger.valueOf(count);
      twice = twice.add(own.multiply(BigInteger.valueOf(2 * passed + same)));
      tied = tied.add(own.multiply(BigInteger.valueOf(same)));
      passed += same;
    }
    BigInteger pairs = BigInteger.valueOf(positives()).multiply(BigInteger.valueOf(negatives()));
    double error = level == 0 ? 0 : new Dyadic(tied, -1).dividedBy(pairs);
    return new Area(new Dyadic(twice, -1).dividedBy(pairs), error);
  }

  @Override
  public void merge(RankedScores other) {
    positives.merge(other.positives);
    negatives.merge(other.negatives);
  }

  @Override
  public byte[] toBytes() {
    return new StatisticWriter(VERSION)
        .writeBytes(positives.toBytes())
        .writeBytes(negatives.toBytes())
        .toBytes();
  }

  public static RankedScores read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "ranked scores");
    var scores = new RankedScores();
    scores.positives = ValueCounts.read(in.readBytes());
    scores.negatives = ValueCounts.read(in.readBytes());
    in.end();
    return scores;
  }
}
