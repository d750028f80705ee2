package io.assay.imputation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns feed the imputer, and as what; and which do not, and why.
 *
 * @param columns each column of the table at most once
 * @param leftOut what is neither filled nor read
 */
public record Schema(List<Column> columns, List<LeftOut> leftOut) {
  /** A number with fewer values than this is a code. */
  private static final int FEW = 12;

  /** A category in which fewer rows than this share a value, on average, names rows. */
  private static final double SHARED = 1.25;

  private static final int MANY = 200;

  /** A column and why nothing can be learned of it. */
  public record LeftOut(String column, Reason reason) {}

  /** Why a column is left out. */
  public enum Reason {
    /** No row has a value. */
    EMPTY,
    /** All rows have the same value. */
    CONSTANT,
    /** Nearly every row has a value of its own: a name of the row. */
    IDENTIFIER
  }

  public Schema {
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
    var seen = new HashSet<String>();
    for (Column column : columns) {
      for (String name : column.columns()) {
        if (!seen.add(name)) {
          throw new IllegalArgumentException(
              "the column '%s' is in the schema twice".formatted(name));
        }
      }
    }
  }

  /** What the values look like: numbers that are many, categories, texts. */
  public static Schema infer(Table table) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < table.names().size(); c++) {
      columns.add(infer(table, c));
    }
    return of(columns, table);
  }

  /** As given, without what nothing can be learned of. */
  public static Schema of(List<Column> columns, Table table) {
    List<Column> kept = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Column column : columns) {
      Reason reason = reason(table, column);
      if (reason == null) {
        kept.add(column);
      } else {
        column.columns().forEach(name -> leftOut.add(new LeftOut(name, reason)));
      }
    }
    return new Schema(kept, leftOut);
  }

  private static @Nullable Reason reason(Table table, Column column) {
    Set<String> values = new HashSet<>();
    int present = 0;
    for (int row = 0; row < table.rows(); row++) {
      var cells = new StringBuilder();
      for (String name : column.columns()) {
        String cell = table.cell(row, table.column(name));
        cells.append(cell).append(cell.isEmpty() ? "" : "\n");
      }
      if (!cells.isEmpty()) {
        present++;
        values.add(cells.toString());
      }
    }
    if (present == 0) {
      return Reason.EMPTY;
    }
    if (values.size() == 1) {
      return Reason.CONSTANT;
    }
    boolean isNumber = column instanceof Column.Numbers;
    boolean isNames = values.size() > MANY && present < SHARED * values.size();
    return !isNumber && isNames ? Reason.IDENTIFIER : null;
  }

  private static Column infer(Table table, int at) {
    String name = table.names().get(at);
    Set<String> values = new TreeSet<>();
    boolean numbers = true;
    for (int row = 0; row < table.rows(); row++) {
      String cell = table.cell(row, at);
      if (!cell.isEmpty()) {
        values.add(cell);
        numbers &= number(cell).isPresent();
      }
    }
    if (numbers && values.size() > FEW) {
      return new Column.Numbers(name);
    }
    return values.size() > MANY ? new Column.Text(name) : new Column.Category(name);
  }

  /** A finite number, as people and programs write it. */
  static OptionalDouble number(String cell) {
    try {
      double value = Double.parseDouble(cell.strip());
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException notOne) {
      return OptionalDouble.empty();
    }
  }
}
