package io.assay.web.violations;

import io.assay.web.system.Moment;
import io.assay.web.violations.ViolationSearch.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the list, newest first, or as the filter says oldest first.
 *
 * @param newer behind which newer ones are, if there are
 * @param older before which older ones are, if there are
 * @param searched how far was looked, where that was not far enough to fill the part
 */
record Slice(
    List<ViolationRow> rows,
    Optional<String> newer,
    Optional<String> older,
    Optional<Moment> searched) {

  /**
   * The part that the address asks for: {@code before} a place, {@code after} one, or the first of
   * the filter's order.
   */
  static Slice of(
      ViolationSearch violations,
      String project,
      ViolationFilter filter,
      Map<String, String> query,
      int size,
      boolean clear) {
    Optional<Cursor> before = Cursor.read(query.getOrDefault("before", ""));
    Optional<Cursor> after = Cursor.read(query.getOrDefault("after", ""));
    if (before.isEmpty() && (after.isPresent() || filter.oldest())) {
      Found found = violations.newer(project, filter, after, size + 1, clear);
      List<ViolationRow> rows = found.rows();
      boolean more = rows.size() > size;
      List<ViolationRow> shown = more ? rows.subList(1, rows.size()) : rows;
      return new Slice(
          filter.oldest() ? shown.reversed() : shown,
          more ? first(shown) : found.reached().map(Cursor::text),
          after.flatMap(place -> last(shown).or(() -> Optional.of(place.text()))),
          searched(found));
    }
    Found found = violations.older(project, filter, before, size + 1, clear);
    List<ViolationRow> rows = found.rows();
    boolean more = rows.size() > size;
    List<ViolationRow> shown = more ? rows.subList(0, size) : rows;
    return new Slice(
        filter.oldest() ? shown.reversed() : shown,
        before.isPresent() ? first(shown) : Optional.empty(),
        more ? last(shown) : found.reached().map(Cursor::text),
        searched(found));
  }

  private static Optional<Moment> searched(Found found) {
    return found.reached().map(place -> new Moment(place.at()));
  }

  private static Optional<String> first(List<ViolationRow> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst().cursor().text());
  }

  private static Optional<String> last(List<ViolationRow> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast().cursor().text());
  }
}
