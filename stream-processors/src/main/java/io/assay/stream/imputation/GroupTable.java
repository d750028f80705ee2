package io.assay.stream.imputation;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.imputation.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A group of fields as columns of an imputer, and events' values of them as cells. */
public final class GroupTable {
  private final List<StructType.Field> fields = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  private GroupTable() {}

  /** Fields that are neither numbers nor texts, as lists are, are left out. */
  public static GroupTable of(StructType group) {
    var table = new GroupTable();
    for (StructType.Field field : group.fields()) {
      column(field)
          .ifPresent(
              column -> {
                table.fields.add(field);
                table.columns.add(column);
              });
    }
    return table;
  }

  private static Optional<Column> column(StructType.Field field) {
    return switch (field.type()) {
      case Type.EnumOf ignored -> Optional.of(new Column.Category(field.name()));
      case Type.Basic basic ->
          switch (basic) {
            case BOOL -> Optional.of(new Column.Category(field.name()));
            case STRING -> Optional.of(new Column.Text(field.name()));
            case INT, DOUBLE, RATIO, LENGTH, PIXELS, TIMESTAMP, DURATION ->
                Optional.of(new Column.Numbers(field.name()));
            case UINT, BYTES, RECT, CUBOID, NULL, TYPE, DYN, UNKNOWN -> Optional.empty();
          };
      case Type.ListOf ignored -> Optional.empty();
      case Type.MapOf ignored -> Optional.empty();
      case Type.Vector ignored -> Optional.empty();
      case StructType ignored -> Optional.empty();
    };
  }

  /** Of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** An event's values, empty where they are missing or not as declared. */
  public List<String> cells(Optional<Row> group) {
    return group.map(this::cells).orElseGet(() -> Collections.nCopies(fields.size(), ""));
  }

  private List<String> cells(Row group) {
    List<String> cells = new ArrayList<>(fields.size());
    for (StructType.Field field : fields) {
      cells.add(group.state(field.index()) == Row.PRESENT ? cell(group, field) : "");
    }
    return cells;
  }

  /** A value that is there, as a cell. */
  static String cell(Row group, StructType.Field field) {
    Type type = field.type();
    if (!type.isPrimitive()) {
      return String.valueOf(group.getReference(field.slot()));
    }
    if (type == Type.Basic.BOOL) {
      return Boolean.toString(group.getLong(field.slot()) != 0);
    }
    if (type.isFloating()) {
      double value = group.getDouble(field.slot());
      return Double.isFinite(value) ? Double.toString(value) : "";
    }
    return Long.toString(group.getLong(field.slot()));
  }
}
