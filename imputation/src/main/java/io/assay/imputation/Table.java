package io.assay.imputation;

import java.util.HashSet;
import java.util.List;

/**
 * Rows of texts under names. An empty cell is missing.
 *
 * <p>Immutable.
 */
public final class Table {
  private final List<String> names;
  private final List<List<String>> rows;

  private Table(List<String> names, List<List<String>> rows) {
    this.names = names;
    this.rows = rows;
  }

  /**
   * @throws IllegalArgumentException of a name that comes twice, or of a row with another number of
   *     cells
   */
  public static Table of(List<String> names, List<List<String>> rows) {
    var seen = new HashSet<String>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("the column '%s' comes twice".formatted(name));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).size() != names.size()) {
        throw new IllegalArgumentException(
            "row %d needs %d cells, got %d".formatted(row + 1, names.size(), rows.get(row).size()));
      }
    }
    return new Table(List.copyOf(names), rows.stream().map(List::copyOf).toList());
  }

  public List<String> names() {
    return names;
  }

  public int rows() {
    return rows.size();
  }

  public List<String> row(int row) {
    return rows.get(row);
  }

  /** Empty where it is missing. */
  public String cell(int row, int column) {
    return rows.get(row).get(column);
  }

  /**
   * The place of a column.
   *
   * @throws IllegalArgumentException where there is none of the name
   */
  public int column(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "a column '%s' is needed, got %s".formatted(name, String.join(", ", names)));
    }
    return at;
  }
}
