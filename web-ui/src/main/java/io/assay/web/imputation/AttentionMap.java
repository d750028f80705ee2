package io.assay.web.imputation;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * How much each column looks at every other one, drawn as squares.
 *
 * @param columns from left to right
 * @param rows from top to bottom
 */
record AttentionMap(List<Mark> columns, List<Row> rows, int left, int size) {
  private static final int CELL = 22;
  private static final int LETTER = 7;

  AttentionMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A name and where it stands. */
  record Mark(String name, int at) {}

  /** What one column looks at. */
  record Row(String name, int y, List<Cell> cells) {}

  /** {@code share}: 0 to 1. */
  record Cell(String name, int x, double share) {}

  static AttentionMap of(AimNet imputer) {
    List<Column> all = imputer.schema().columns();
    int left = 12 + LETTER * all.stream().mapToInt(one -> one.name().length()).max().orElse(1);
    List<Mark> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int a = 0; a < all.size(); a++) {
      columns.add(new Mark(all.get(a).name(), left + a * CELL));
      List<Cell> cells = new ArrayList<>();
      for (int b = 0; b < all.size(); b++) {
        if (a != b) {
          double share = imputer.attention(all.get(a), all.get(b));
          cells.add(new Cell(all.get(b).name(), left + b * CELL, share));
        }
      }
      rows.add(new Row(all.get(a).name(), left + a * CELL, cells));
    }
    return new AttentionMap(columns, rows, left, left + CELL * all.size() + 8);
  }
}
