package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.Arrays;

/**
 * Fills one row after another, with no garbage but its answers: for the moment before a model is
 * asked. Cells are put in, then any of the missing ones is asked for. One thread.
 */
public final class RowFiller {
  private final AimNet imputer;
  private final Codebook codebook;
  private final Layout layout;
  private final Asking asked;
  private final Codes row;
  private final float[] answer;
  private boolean isRead;

  RowFiller(AimNet imputer) {
    this.imputer = imputer;
    this.codebook = imputer.codebook();
    this.layout = imputer.layout();
    this.asked = imputer.asking();
    int[][] values = new int[layout.attributes()][0];
    float[][] numbers = new float[layout.attributes()][0];
    for (int a = 0; a < layout.attributes(); a++) {
      if (layout.isNumber(a)) {
        numbers[a] = new float[layout.dimensions(a)];
      } else {
        values[a] = new int[1];
      }
    }
    this.row = new Codes(values, numbers, 1);
    this.answer = new float[layout.widest()];
    clear();
  }

  /** Begins the next row, without cells. */
  public void clear() {
    isRead = false;
    for (int a = 0; a < layout.attributes(); a++) {
      if (layout.isNumber(a)) {
        Arrays.fill(row.numbers(a), Float.NaN);
      } else {
        row.values(a)[0] = 0;
      }
    }
  }

  /**
   * A cell that is there.
   *
   * @param column its place among the schema's columns; a category or a text
   */
  public void put(int column, String value) {
    if (!(codebook.entry(column) instanceof Codebook.Known known)) {
      throw new IllegalArgumentException("'%s' needs a number, got a text".formatted(name(column)));
    }
    isRead = false;
    row.values(column)[0] = known.code(value);
  }

  /** A number that is there. */
  public void put(int column, double value) {
    put(column, 0, value);
  }

  /**
   * A number of a group; the group is there when all of it is.
   *
   * @param dimension its place in the group
   */
  public void put(int column, int dimension, double value) {
    if (!(codebook.entry(column) instanceof Codebook.Scales scales)) {
      throw new IllegalArgumentException("'%s' needs a text, got a number".formatted(name(column)));
    }
    isRead = false;
    row.numbers(column)[dimension] = (float) scales.scales().get(dimension).standardised(value);
  }

  private String name(int column) {
    return imputer.schema().columns().get(column).name();
  }

  /** Whether the cell, or the whole group, is there and known. */
  public boolean isPresent(int column) {
    for (float number : row.numbers(column)) {
      if (Float.isNaN(number)) {
        return false;
      }
    }
    return layout.isNumber(column) || row.values(column)[0] != 0;
  }

  /** What a column probably holds, by all others; its own cell is not looked at. */
  public Guess fill(int column) {
    if (!isRead) {
      for (int a = 0; a < layout.attributes(); a++) {
        if (layout.isNumber(a) && !isPresent(a)) {
          Arrays.fill(row.numbers(a), Float.NaN);
        }
      }
      asked.read(row, 0);
      isRead = true;
    }
    asked.answer(column, answer);
    return imputer.guess(column, 0, answer, asked);
  }
}
