package io.assay.cli;

import io.assay.stability.Embedding;
import io.assay.stability.Gate.Measure;
import io.assay.stability.Jackknife;
import io.assay.stability.PairMeasures;
import io.assay.stability.PairRow;
import io.assay.stability.PairShape;
import io.assay.stability.PairState;
import io.assay.stability.Settings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How far measures vary with the items at hand: a tenth of them left out in turn. */
final class StabilityNoise {
  private static final int SHARDS = 10;

  private static final List<Measure> VARIES =
      List.of(Measure.EIS, Measure.OVERLAP, Measure.PIP, Measure.DISPLACEMENT, Measure.NEIGHBOURS);

  private final Map<Measure, Double> reaches;

  private StabilityNoise(Map<Measure, Double> reaches) {
    this.reaches = reaches;
  }

  /** Half the interval of 95 %; NaN where it is not known. */
  double reach(Measure measure) {
    return reaches.getOrDefault(measure, Double.NaN);
  }

  static StabilityNoise of(List<Embedding> pair, Settings how) {
    Embedding x = pair.get(0);
    Embedding y = pair.get(1);
    Map<Measure, Double> reaches = new EnumMap<>(Measure.class);
    if (x.rows() < SHARDS) {
      return new StabilityNoise(reaches);
    }
    List<PairState> shards = new ArrayList<>();
    PairShape shape = PairShape.of(x.dimensions(), y.dimensions());
    for (int s = 0; s < SHARDS; s++) {
      shards.add(PairState.fast(shape));
    }
    for (int row = 0; row < x.rows(); row++) {
      double[] before = new double[x.dimensions()];
      double[] after = new double[y.dimensions()];
      x.copyRow(row, before);
      y.copyRow(row, after);
      shards.get(row % SHARDS).add(PairRow.of(Integer.toString(row), before, after));
    }
    try {
      List<Jackknife> all = Jackknife.of(shards, state -> figures(state.measure(how)));
      for (int m = 0; m < VARIES.size(); m++) {
        double reach = all.get(m).high() - all.get(m).value();
        if (Double.isFinite(reach)) {
          reaches.put(VARIES.get(m), reach);
        }
      }
    } catch (IllegalArgumentException | IllegalStateException tooFew) {
      reaches.clear(); // without some of its items nothing can be measured
    }
    return new StabilityNoise(reaches);
  }

  private static double[] figures(PairMeasures measures) {
    return new double[] {
      measures.terms().eis(),
      measures.terms().overlap(),
      measures.terms().pip(),
      measures.displacement().orElse(Double.NaN),
      measures.neighbours().orElse(Double.NaN)
    };
  }
}
