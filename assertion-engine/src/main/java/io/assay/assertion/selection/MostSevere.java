package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the candidates that exceed most of their own assertion's. */
final class MostSevere implements Source {
  private final Pool pool;
  private final Live live;
  private final Spread spread;
  private final double[] standing;
  private final List<Line> lines = new ArrayList<>();

  MostSevere(Pool pool, Live live, Spread spread) {
    this.pool = pool;
    this.live = live;
    this.spread = spread;
    this.standing = new double[pool.size()];
    var flagged = new Flagged(pool, live, Strategy.Ties.SHARE);
    int[] slices = new int[pool.size()];
    for (int c = 0; c < slices.length; c++) {
      boolean in = live.has(c) && pool.assertionOf(c) != Groups.NONE;
      slices[c] = in ? pool.sliceOf(c) : Groups.NONE;
      standing[c] = in ? flagged.rank(c) / flagged.among(c) : 0;
    }
    Groups bySlice = Groups.of(slices, pool.slices());
    for (int slice = 0; slice < pool.slices(); slice++) {
      lines.add(new Line(bySlice.membersOf(slice), standing));
    }
  }

  @Override
  public Optional<Draw> next(int slice) {
    int c = spread.farthest(lines.get(slice).walk(live::has));
    return c < 0 ? Optional.empty() : Optional.of(draw(c));
  }

  private Draw draw(int c) {
    String why =
        "severity %s reaches %.1f %% of what %s has flagged"
            .formatted(
                pool.candidate(c).severity(),
                100 * standing[c],
                pool.assertionNamed(pool.assertionOf(c)));
    return new Draw(c, Arm.SEVERE, why, 1);
  }
}
