package io.assay.stream.embeddings;

import io.assay.stability.Jackknife;
import io.assay.stability.PairMeasures;
import io.assay.stability.PairState;
import io.assay.stability.Settings;
import io.assay.stability.Terms;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;

/**
 * What all tasks have told of two releases, added up and measured.
 *
 * @param measured empty where nothing can be
 * @param unmeasured why; else empty
 * @param rotation how the space was turned; no bytes where nothing was measured
 */
record MeasuredPair(Optional<Measured> measured, String unmeasured, Rotated rotation) {
  /** Shares of items that are left out in turn; with more, the interval hardly changes. */
  private static final int MOST_SHARDS = 8;

  /** How a space was turned, as bytes. */
  static final class Rotated {
    static final Rotated NOT = new Rotated(new byte[0]);

    private final byte[] bytes;

    private Rotated(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * @param states of the tasks, as they told them
   * @param neighbours for which k
   */
  static MeasuredPair of(Iterable<byte[]> states, SortedSet<Integer> neighbours, int threads) {
    try {
      List<PairState> shards = shards(states);
      return shards.isEmpty()
          ? unmeasured("the two releases have no item in common")
          : measured(shards, neighbours, Settings.usual().withThreads(threads));
    } catch (IllegalArgumentException | IllegalStateException impossible) {
      return unmeasured(String.valueOf(impossible.getMessage()));
    }
  }

  static MeasuredPair unmeasured(String why) {
    return new MeasuredPair(Optional.empty(), why, Rotated.NOT);
  }

  private static List<PairState> shards(Iterable<byte[]> states) {
    List<PairState> shards = new ArrayList<>();
    int next = 0;
    for (byte[] bytes : states) {
      PairState state = PairState.read(bytes);
      if (state.rows() == 0) {
        continue;
      }
      if (shards.size() < MOST_SHARDS) {
        shards.add(state);
      } else {
        shards.set(next, shards.get(next).merged(state));
        next = (next + 1) % MOST_SHARDS;
      }
    }
    return shards;
  }

  private static MeasuredPair measured(
      List<PairState> shards, SortedSet<Integer> neighbours, Settings how) {
    PairState whole = shards.stream().reduce(PairState::merged).orElseThrow();
    PairMeasures measures = whole.measure(how.withNeighbours(neighbours.first()));
    Map<Integer, Double> shares = new LinkedHashMap<>();
    for (int k : neighbours) {
      OptionalDouble share =
          k == neighbours.first() ? measures.neighbours() : whole.neighbours(how.withNeighbours(k));
      share.ifPresent(value -> shares.put(k, value));
    }
    Terms terms = measures.terms();
    var measured =
        new Measured(
            terms.eis(),
            shares,
            measures.displacement().isPresent() ? measures.displacement().getAsDouble() : null,
            terms.pip(),
            terms.overlap(),
            List.of(terms.x().rank(), terms.y().rank()),
            terms.condition(),
            terms.method().name().toLowerCase(Locale.ROOT),
            measures.precise(),
            terms.error(),
            measures.sampled(),
            intervals(shards, List.copyOf(neighbours), how));
    return new MeasuredPair(Optional.of(measured), "", new Rotated(whole.rotation().bytes()));
  }

  private static Map<String, Interval> intervals(
      List<PairState> shards, List<Integer> neighbours, Settings how) {
    if (shards.size() < 2) {
      return Map.of();
    }
    List<String> names = new ArrayList<>(List.of("eis", "overlap", "pip", "displacement"));
    neighbours.forEach(k -> names.add("neighbours" + k));
    List<Jackknife> all;
    try {
      all = Jackknife.of(shards, state -> figures(state, neighbours, how));
    } catch (IllegalArgumentException | IllegalStateException tooFew) {
      return Map.of(); // without some of its items, a release has no direction left
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Jackknife one = all.get(i);
      if (Double.isFinite(one.low()) && Double.isFinite(one.high())) {
        intervals.put(names.get(i), new Interval(one.low(), one.high()));
      }
    }
    return intervals;
  }

  private static double[] figures(PairState state, List<Integer> neighbours, Settings how) {
    PairMeasures measures = state.measure(how.withNeighbours(neighbours.getFirst()));
    double[] figures = new double[4 + neighbours.size()];
    figures[0] = measures.terms().eis();
    figures[1] = measures.terms().overlap();
    figures[2] = measures.terms().pip();
    figures[3] = measures.displacement().orElse(Double.NaN);
    for (int i = 0; i < neighbours.size(); i++) {
      OptionalDouble share =
          i == 0 ? measures.neighbours() : state.neighbours(how.withNeighbours(neighbours.get(i)));
      figures[4 + i] = share.orElse(Double.NaN);
    }
    return figures;
  }
}
