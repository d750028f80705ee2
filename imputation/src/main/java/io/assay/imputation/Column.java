package io.assay.imputation;

import java.util.List;

/** What a table's column holds, or what several hold together. */
public sealed interface Column {
  /** How it is called; of a group, the group. */
  String name();

  /** The columns of the table, in order. */
  List<String> columns();

  /** One of some values. */
  record Category(String name) implements Column {
    @Override
    public List<String> columns() {
      return List.of(name);
    }
  }

  /** A category with more values than anyone counts: rare ones are known by a hash alone. */
  record Text(String name) implements Column {
    @Override
    public List<String> columns() {
      return List.of(name);
    }
  }

  /**
   * Numbers that are there or missing together, as latitude and longitude are.
   *
   * @param columns one or more
   */
  record Numbers(String name, List<String> columns) implements Column {
    public Numbers {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("the group '%s' needs a column".formatted(name));
      }
    }

    public Numbers(String name) {
      this(name, List.of(name));
    }
  }
}
