package io.assay.imputation.net;

/** Rows as a network sees them, attribute by attribute. The arrays are not copied. */
public final class Codes {
  private final int[][] values;
  private final float[][] numbers;
  private final int rows;

  /**
   * @param values of a category: for each row 0 where it is missing or was never seen, else the
   *     value from 1; empty of numbers
   * @param numbers of numbers: standardised, row after row, all of a row NaN where they are
   *     missing; empty of a category
   * @param rows how many
   */
  public Codes(int[][] values, float[][] numbers, int rows) {
    this.values = values;
    this.numbers = numbers;
    this.rows = rows;
  }

  public int rows() {
    return rows;
  }

  /** Some of the rows, in this order. */
  public Codes rows(int[] chosen) {
    int[][] ofValues = new int[values.length][];
    float[][] ofNumbers = new float[numbers.length][];
    for (int a = 0; a < values.length; a++) {
      int each = numbers[a].length / Math.max(1, rows);
      ofValues[a] = new int[values[a].length == 0 ? 0 : chosen.length];
      ofNumbers[a] = new float[each * chosen.length];
      for (int i = 0; i < ofValues[a].length; i++) {
        ofValues[a][i] = values[a][chosen[i]];
      }
      for (int i = 0; i < ofNumbers[a].length; i++) {
        ofNumbers[a][i] = numbers[a][chosen[i / each] * each + i % each];
      }
    }
    return new Codes(ofValues, ofNumbers, chosen.length);
  }

  public int attributes() {
    return values.length;
  }

  /** Of a category. */
  public int[] values(int attribute) {
    return values[attribute];
  }

  /** Of numbers. */
  public float[] numbers(int attribute) {
    return numbers[attribute];
  }

  public boolean isPresent(int attribute, int row) {
    float[] all = numbers[attribute];
    return all.length > 0
        ? !Float.isNaN(all[row * (all.length / rows)])
        : values[attribute][row] != 0;
  }
}
