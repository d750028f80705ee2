package io.assay.imputation;

import io.assay.imputation.net.Codes;
import java.util.SplittableRandom;

/** Present cells that a network is not shown, so that it can be asked for them. */
final class HeldBack {
  private final boolean[][] cells;
  private final Codes shown;

  private HeldBack(boolean[][] cells, Codes shown) {
    this.cells = cells;
    this.shown = shown;
  }

  /**
   * @param share of the present cells of each attribute
   */
  static HeldBack draw(Codes codes, double share, SplittableRandom random) {
    int attributes = codes.attributes();
    boolean[][] cells = new boolean[attributes][codes.rows()];
    int[][] values = new int[attributes][];
    float[][] numbers = new float[attributes][];
    for (int a = 0; a < attributes; a++) {
      values[a] = codes.values(a).clone();
      numbers[a] = codes.numbers(a).clone();
      int each = numbers[a].length / Math.max(1, codes.rows());
      for (int row = 0; row < codes.rows(); row++) {
        if (codes.isPresent(a, row) && random.nextDouble() < share) {
          cells[a][row] = true;
          if (each == 0) {
            values[a][row] = 0;
          }
          for (int d = 0; d < each; d++) {
            numbers[a][row * each + d] = Float.NaN;
          }
        }
      }
    }
    return new HeldBack(cells, new Codes(values, numbers, codes.rows()));
  }

  /** Without the cells. */
  Codes shown() {
    return shown;
  }

  boolean contains(int attribute, int row) {
    return cells[attribute][row];
  }
}
