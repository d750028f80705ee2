package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes the items of which the model was least sure; after them, any at random. */
final class LeastSure implements Source {
  private final Pool pool;
  private final Live live;
  private final Spread spread;
  private final AtRandom others;
  private final double[] uncertainty;
  private final String measure;
  private final List<Line> lines = new ArrayList<>();

  LeastSure(
      Strategy.Uncertain strategy,
      Items items,
      Pool pool,
      Live live,
      Spread spread,
      AtRandom others) {
    this.pool = pool;
    this.live = live;
    this.spread = spread;
    this.others = others;
    this.measure =
        switch (strategy.measure()) {
          case LEAST_CONFIDENT -> "one less the largest probability";
          case MARGIN -> "one less the margin of the two largest probabilities";
          case ENTROPY -> "entropy of the probabilities";
        };
    this.uncertainty = new double[pool.items()];
    for (int item = 0; item < uncertainty.length; item++) {
      uncertainty[item] = ofFirst(pool, item, strategy.measure());
    }
    for (int slice = 0; slice < items.slices(); slice++) {
      int[] known = Arrays.stream(items.of(slice)).filter(i -> uncertainty[i] >= 0).toArray();
      lines.add(new Line(known, uncertainty));
    }
  }

  /** Of the item's first candidate with probabilities; -1: there is none. */
  private static double ofFirst(Pool pool, int item, Strategy.Measure measure) {
    for (int i = 0; i < pool.byItem().size(item); i++) {
      Probabilities known = pool.candidate(pool.byItem().member(item, i)).probabilities();
      if (known != null) {
        return known.uncertainty(measure);
      }
    }
    return -1;
  }

  @Override
  public Optional<Draw> next(int slice) {
    var walk = lines.get(slice).walk(live::hasItem);
    int candidate =
        spread.farthest(
            () -> {
              int item = walk.getAsInt();
              return item < 0 ? -1 : live.firstOf(item);
            });
    return candidate < 0 ? others.next(slice) : Optional.of(draw(candidate));
  }

  private Draw draw(int candidate) {
    return new Draw(
        candidate,
        Arm.UNCERTAIN,
        "least sure: %s is %.3f".formatted(measure, uncertainty[pool.itemOf(candidate)]),
        1);
  }
}
