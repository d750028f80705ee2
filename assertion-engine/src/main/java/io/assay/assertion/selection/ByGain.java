package io.assay.assertion.selection;

import java.util.Optional;

/** Draws an assertion by its gain, then a candidate of it by the rank of its severity. */
final class ByGain implements Source {
  private final Pool pool;
  private final Flagged flagged;
  private final Dice dice;
  private final Spread spread;
  private final double[] gains;

  /**
   * @param gains by the pool's numbers of assertions
   */
  ByGain(Pool pool, Flagged flagged, Dice dice, Spread spread, double[] gains) {
    this.pool = pool;
    this.flagged = flagged;
    this.dice = dice;
    this.spread = spread;
    this.gains = gains.clone();
  }

  @Override
  public Optional<Draw> next(int slice) {
    double sum = 0;
    int last = Groups.NONE;
    for (int a = 0; a < gains.length; a++) {
      if (gains[a] > 0 && flagged.hasAny(slice, a)) {
        sum += gains[a];
        last = a;
      }
    }
    return last == Groups.NONE ? Optional.empty() : Optional.of(draw(slice, sum, last));
  }

  private Draw draw(int slice, double sum, int last) {
    double left = dice.next() * sum;
    int assertion = last;
    for (int a = 0; a < last; a++) {
      if (gains[a] > 0 && flagged.hasAny(slice, a)) {
        left -= gains[a];
        if (left < 0) {
          assertion = a;
          break;
        }
      }
    }
    int drawn = assertion;
    int c = spread.farthest(() -> flagged.drawByRank(slice, drawn, dice));
    String why =
        "%s fires %.1f %% less than a round before; severity %s ranks %s of %d"
            .formatted(
                pool.assertionNamed(drawn),
                100 * gains[drawn],
                flagged.severity(c),
                flagged.rank(c),
                flagged.among(c));
    return new Draw(c, Arm.GAIN, why, flagged.chanceByRank(c) * gains[drawn] / sum);
  }
}
