package io.assay.assertion.eval;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * An event as it should have been: a copy that corrections change. An element is known by itself,
 * since another with the same values is another thing.
 */
@SuppressWarnings("ReferenceEquality")
final class CorrectedEvent {
  final Past event;
  final Set<String> actions = new LinkedHashSet<>();
  private Row row;

  CorrectedEvent(Past event, Row row) {
    this.event = event;
    this.row = row.copy();
  }

  Row row() {
    return row;
  }

  void insert(StructType.Field list, Row element) {
    List<Object> longer = new ArrayList<>(elements(list));
    longer.add(element);
    row.setReference(list, longer);
    actions.add("insert");
  }

  /** Puts another list in the place of the one in which the element stands. */
  void remove(Object element) {
    changeList(
        element,
        list -> {
          list.removeIf(one -> one == element);
          return list;
        },
        "remove");
  }

  /** Puts another element in the place of one. */
  void replace(Object element, Row other) {
    changeList(
        element,
        list -> {
          list.replaceAll(one -> one == element ? other : one);
          return list;
        },
        "set");
  }

  private void changeList(
      Object element, Function<List<Object>, List<Object>> change, String action) {
    for (StructType.Field field : row.type().fields()) {
      if (field.type() instanceof Type.ListOf
          && elements(field).stream().anyMatch(one -> one == element)) {
        row.setReference(field, change.apply(new ArrayList<>(elements(field))));
        actions.add(action);
      }
    }
  }

  void set(List<StructType.Field> path, Object value) {
    row = Corrections.with(row, path, value);
    actions.add("set");
  }

  void merge(StructType.Field list, List<Object> kept) {
    row.setReference(list, kept);
    actions.add("merge");
  }

  List<?> elements(StructType.Field list) {
    return row.state(list.index()) == Row.PRESENT
            && row.getReference(list.slot()) instanceof List<?> elements
        ? elements
        : List.of();
  }
}
