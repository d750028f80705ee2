package io.assay.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How far a measure varies with the items at hand: each shard left out in turn (Quenouille, 1956;
 * Tukey, 1958). Nearly free, since states add up.
 *
 * @param value of all shards
 * @param deviation standard error
 */
public record Jackknife(double value, double deviation) {
  private static final double NORMAL = 1.959963984540054;

  /** The ends of the interval of 95 %. */
  public double low() {
    return value - NORMAL * deviation;
  }

  public double high() {
    return value + NORMAL * deviation;
  }

  /**
   * @param shards two or more, with different items of about equal numbers
   */
  public static Jackknife of(
      List<PairState> shards, Settings how, ToDoubleFunction<PairMeasures> measure) {
    if (shards.size() < 2) {
      throw new IllegalArgumentException("a jackknife needs 2 shards, got " + shards.size());
    }
    int n = shards.size();
    List<PairState> behind = new ArrayList<>(List.of(shards.get(n - 1)));
    for (int i = n - 2; i > 0; i--) {
      behind.add(0, shards.get(i).merged(behind.get(0)));
    }
    // behind(i) is all from shard i + 1 on
    double[] without = new double[n];
    Optional<PairState> before = Optional.empty();
    for (int i = 0; i < n; i++) {
      PairState left = i == n - 1 ? before.orElseThrow() : rest(before, behind.get(i));
      without[i] = measure.applyAsDouble(left.measure(how));
      PairState shard = shards.get(i);
      before = Optional.of(before.map(all -> all.merged(shard)).orElse(shard));
    }
    double value = measure.applyAsDouble(before.orElseThrow().measure(how));
    return new Jackknife(value, deviation(without));
  }

  private static PairState rest(Optional<PairState> before, PairState behind) {
    return before.map(all -> all.merged(behind)).orElse(behind);
  }

  private static double deviation(double[] without) {
    double mean = 0;
    for (double one : without) {
      mean += one / without.length;
    }
    double sum = 0;
    for (double one : without) {
      sum += (one - mean) * (one - mean);
    }
    return Math.sqrt(sum * (without.length - 1) / without.length);
  }
}
