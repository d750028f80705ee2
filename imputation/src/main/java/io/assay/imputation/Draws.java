package io.assay.imputation;

import io.assay.imputation.net.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fills tables by chance instead of by what is most probable: a category by its calibrated
 * probabilities, numbers by the errors of held-back cells. A row's cells are drawn one after the
 * other, each with those before it in sight, so that they go together.
 */
final class Draws {
  private final AimNet imputer;
  private final Codebook codebook;
  private final Table rows;

  Draws(AimNet imputer, Table rows) {
    this.imputer = imputer;
    this.codebook = imputer.codebook();
    this.rows = rows;
  }

  /**
   * One table. What is drawn for a row hangs on the seed and the row's place alone.
   *
   * @param missing of each attribute by row
   */
  Table draw(boolean[][] missing, long seed) {
    Codes codes = codebook.encode(rows);
    Asking asked = imputer.asking();
    float[] answer = new float[imputer.layout().widest()];
    List<List<String>> all = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      var random = new SplittableRandom(seed ^ (row * 0x9E3779B97F4A7C15L));
      List<String> cells = new ArrayList<>(rows.row(row));
      for (int a = 0; a < missing.length; a++) {
        if (missing[a][row]) {
          asked.read(codes, row);
          asked.answer(a, answer);
          put(a, row, answer, codes, cells, random);
        }
      }
      all.add(cells);
    }
    return Table.of(rows.names(), all);
  }

  private void put(
      int a, int row, float[] answer, Codes codes, List<String> cells, SplittableRandom random) {
    Column column = codebook.schema().columns().get(a);
    switch (codebook.entry(a)) {
      case Codebook.Known known -> {
        int value = value(known, a, answer, random.nextDouble());
        codes.values(a)[row] = value + 1;
        cells.set(rows.column(column.name()), known.values().get(value));
      }
      case Codebook.Scales scales -> {
        imputer.calibration().residuals(a).move(answer, random);
        for (int d = 0; d < scales.scales().size(); d++) {
          codes.numbers(a)[row * scales.scales().size() + d] = answer[d];
          int at = rows.column(column.columns().get(d));
          if (cells.get(at).isEmpty()) {
            cells.set(at, scales.scales().get(d).text(answer[d]));
          }
        }
      }
    }
  }

  private int value(Codebook.Known known, int a, float[] scores, double share) {
    double[] probabilities =
        Temperature.probabilities(
            scores, known.values().size(), imputer.calibration().temperature(a));
    double left = share;
    int value = 0;
    while (value < probabilities.length - 1 && left >= probabilities[value]) {
      left -= probabilities[value++];
    }
    return value;
  }
}
