package io.assay.cli;

import io.assay.assertion.scenario.ReleaseMeasures;
import io.assay.stability.Embedding;
import io.assay.stability.PairMeasures;
import io.assay.stability.PairRow;
import io.assay.stability.PairShape;
import io.assay.stability.PairState;
import io.assay.stability.Rotation;
import io.assay.stability.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** Measures releases in tests and backtests by the very states that the stream keeps. */
final class MeasuredReleases implements ReleaseMeasures {
  private static final int MOVED = 20;

  @Override
  public Answer measure(
      Map<String, double[]> older, Map<String, double[]> newer, Set<Long> neighbours) {
    List<PairRow> rows = new ArrayList<>();
    List<String> items = new ArrayList<>();
    newer.forEach(
        (item, vector) -> {
          double[] before = older.get(item);
          if (before != null) {
            rows.add(PairRow.of(item, floats(before), floats(vector)));
            items.add(item);
          }
        });
    int dimensions = newer.values().iterator().next().length;
    PairState state =
        PairState.fast(PairShape.of(older.values().iterator().next().length, dimensions));
    rows.forEach(state::add);
    try {
      return measures(state, rows, items, older, newer, neighbours);
    } catch (IllegalArgumentException | IllegalStateException impossible) {
      return new Unmeasured(String.valueOf(impossible.getMessage()));
    }
  }

  /** The stream keeps vectors as floats. */
  private static double[] floats(double[] vector) {
    double[] rounded = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      rounded[i] = (float) vector[i];
    }
    return rounded;
  }

  private static Answer measures(
      PairState state,
      List<PairRow> rows,
      List<String> items,
      Map<String, double[]> older,
      Map<String, double[]> newer,
      Set<Long> neighbours) {
    Settings how = Settings.usual();
    PairMeasures measured = state.measure(how, fresh -> rows.forEach(fresh::add));
    Map<Long, Double> shares = new LinkedHashMap<>();
    for (long k : neighbours) {
      if (k >= 1 && k < Integer.MAX_VALUE) {
        state.neighbours(how.withNeighbours((int) k)).ifPresent(share -> shares.put(k, share));
      }
    }
    return new Measures(
        saysEis(measured, rows.size()),
        shares,
        measured.displacement(),
        measured.terms().pip(),
        measured.terms().overlap(),
        measured.precise() ? 0 : measured.terms().error(),
        moved(state.rotation(), items, older, newer));
  }

  /** Where both span as many directions as there are items, it is 0 whatever changed. */
  private static OptionalDouble saysEis(PairMeasures measured, int items) {
    return measured.terms().saysEis(items)
        ? OptionalDouble.of(measured.terms().eis())
        : OptionalDouble.empty();
  }

  private static List<String> moved(
      Rotation rotation,
      List<String> items,
      Map<String, double[]> older,
      Map<String, double[]> newer) {
    double[] far =
        rotation.displacements(
            Embedding.of(items.stream().map(older::get).toArray(double[][]::new)),
            Embedding.of(items.stream().map(newer::get).toArray(double[][]::new)));
    return IntStream.range(0, far.length)
        .filter(i -> !Double.isNaN(far[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -far[i]))
        .limit(MOVED)
        .map(items::get)
        .toList();
  }
}
