package io.assay.imputation.net;

/**
 * Rows as a network sees them, attribute by attribute.
 *
 * @param values of a category: for each row 0 where it is missing or was never seen, else the value
 *     from 1; empty of a number
 * @param numbers of numbers: standardised, row after row, all of a row NaN where they are missing;
 *     empty of a category
 * @param rows how many
 */
public record Codes(int[][] values, float[][] numbers, int rows) {
  public boolean isPresent(int attribute, int row) {
    float[] all = numbers[attribute];
    return all.length > 0
        ? !Float.isNaN(all[row * (all.length / rows)])
        : values[attribute][row] != 0;
  }
}
