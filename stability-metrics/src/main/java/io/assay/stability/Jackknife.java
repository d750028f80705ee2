package io.assay.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    return of(shards, state -> new double[] {measure.applyAsDouble(state.measure(how))}).get(0);
  }

  /**
   * Of several figures at once, each of which is NaN where any is that it is made of.
   *
   * @param shards two or more, with different items of about equal numbers
   * @param measures always as many
   */
  public static List<Jackknife> of(List<PairState> shards, Function<PairState, double[]> measures) {
    if (shards.size() < 2) {
      throw new IllegalArgumentException("a jackknife needs 2 shards, got " + shards.size());
    }
    int n = shards.size();
    List<PairState> behind = new ArrayList<>(List.of(shards.get(n - 1)));
    for (int i = n - 2; i > 0; i--) {
      behind.add(0, shards.get(i).merged(behind.get(0)));
    }
    // behind(i) is all from shard i + 1 on
    List<double[]> without = new ArrayList<>();
    Optional<PairState> before = Optional.empty();
    for (int i = 0; i < n; i++) {
      PairState left = i == n - 1 ? before.orElseThrow() : rest(before, behind.get(i));
      without.add(measures.apply(left));
      PairState shard = shards.get(i);
      before = Optional.of(before.map(all -> all.merged(shard)).orElse(shard));
    }
    double[] values = measures.apply(before.orElseThrow());
    List<Jackknife> all = new ArrayList<>();
    for (int m = 0; m < values.length; m++) {
      int figure = m;
      double[] own = without.stream().mapToDouble(one -> one[figure]).toArray();
      all.add(new Jackknife(values[m], deviation(own)));
    }
    return List.copyOf(all);
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
