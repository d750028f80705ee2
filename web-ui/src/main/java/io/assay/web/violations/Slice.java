package io.assay.web.violations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the list, newest first.
 *
 * @param newer where the part before this one ends, if there is one
 * @param older where the part after it begins
 */
record Slice(List<ViolationRow> rows, Optional<String> newer, Optional<String> older) {

  /**
   * The part that the address asks for: {@code before} a place, {@code after} one, or the first.
   */
  static Slice of(
      ViolationQueries violations,
      String project,
      ViolationFilter filter,
      Map<String, String> query,
      int size,
      boolean clear) {
    Optional<Cursor> before = Cursor.read(query.getOrDefault("before", ""));
    Optional<Cursor> after = Cursor.read(query.getOrDefault("after", ""));
    if (before.isEmpty() && after.isPresent()) {
      List<ViolationRow> rows = violations.newer(project, filter, after.get(), size + 1, clear);
      boolean more = rows.size() > size;
      List<ViolationRow> shown = more ? rows.subList(1, rows.size()) : rows;
      return new Slice(shown, more ? first(shown) : Optional.empty(), last(shown));
    }
    List<ViolationRow> rows = violations.older(project, filter, before, size + 1, clear);
    boolean more = rows.size() > size;
    List<ViolationRow> shown = more ? rows.subList(0, size) : rows;
    return new Slice(
        shown,
        before.isPresent() ? first(shown) : Optional.empty(),
        more ? last(shown) : Optional.empty());
  }

  private static Optional<String> first(List<ViolationRow> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst().cursor().text());
  }

  private static Optional<String> last(List<ViolationRow> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().cursor().text());
  }
}
