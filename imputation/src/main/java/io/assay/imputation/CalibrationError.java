package io.assay.imputation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How far what was said of answers is from how often they were right (Guo et al., 2017). */
final class CalibrationError {
  private static final int BINS = 10;

  private CalibrationError() {}

  record Cell(double confidence, boolean isRight) {}

  /** Expected calibration error in ten bins of equal mass, 0 to 1; 0 of nothing. */
  static double of(List<Cell> cells) {
    List<Cell> sorted = new ArrayList<>(cells);
    sorted.sort(Comparator.comparingDouble(Cell::confidence));
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int from = (int) ((long) sorted.size() * bin / BINS);
      int to = (int) ((long) sorted.size() * (bin + 1) / BINS);
      if (to > from) {
        List<Cell> of = sorted.subList(from, to);
        double said = of.stream().mapToDouble(Cell::confidence).average().orElse(0);
        error += Math.abs(said - right(of)) * (to - from) / sorted.size();
      }
    }
    return error;
  }

  /** The share of right ones; of nothing it is not a number. */
  static double right(List<Cell> cells) {
    return cells.stream().filter(Cell::isRight).count() / (double) cells.size();
  }
}
