package io.assay.web.violations;

import io.assay.web.system.Moment;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.ViolationSearch.Found;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the list, in the order of its filter.
 *
 * @param newer behind which newer ones are, if there are
 * @param older before which older ones are, if there are
 * @param searched how far was looked, where that was not far enough to fill the part
 * @param worse behind which less severe ones are, if there are; of a list by severity alone
 * @param started whether such a list begins here
 * @param downTo how severe the last was that was looked at, likewise
 */
record Slice(
    List<ViolationRow> rows,
    Optional<String> newer,
    Optional<String> older,
    Optional<Moment> searched,
    Optional<String> worse,
    boolean started,
    Optional<String> downTo) {

  private static Slice inTime(
      List<ViolationRow> rows,
      Optional<String> newer,
      Optional<String> older,
      Optional<Moment> searched) {
    return new Slice(rows, newer, older, searched, Optional.empty(), true, Optional.empty());
  }

  /** The part {@code after} a place, or the first. */
  static Slice bySeverity(
      SeveritySearch violations,
      String project,
      ViolationFilter filter,
      Map<String, String> query,
      int size,
      boolean clear) {
    Optional<SeverityPlace> after = SeverityPlace.read(query.getOrDefault("after", ""));
    SeveritySearch.Found found = violations.worst(project, filter, after, size + 1, clear);
    List<ViolationRow> rows = found.rows();
    boolean more = rows.size() > size;
    List<ViolationRow> shown = more ? rows.subList(0, size) : rows;
    return new Slice(
        shown,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        more
            ? Optional.of(SeverityPlace.of(shown.getLast()).text())
            : found.reached().map(SeverityPlace::text),
        after.isEmpty(),
        found.reached().map(place -> ViolationRow.shown(place.severity())));
  }

  /** Behind which the list goes on in its order, if it does. */
  public Optional<String> on(ViolationFilter filter) {
    return switch (filter.order()) {
      case NEWEST -> older;
      case OLDEST -> newer;
      case SEVERITY -> worse;
    };
  }

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
    Optional<TimePlace> before = TimePlace.read("before", query.getOrDefault("before", ""));
    Optional<TimePlace> after = TimePlace.read("after", query.getOrDefault("after", ""));
    if (before.isEmpty() && (after.isPresent() || filter.isOldest())) {
      Found found = violations.newer(project, filter, after, size + 1, clear);
      List<ViolationRow> rows = found.rows();
      boolean more = rows.size() > size;
      List<ViolationRow> shown = more ? rows.subList(1, rows.size()) : rows;
      return inTime(
          filter.isOldest() ? shown.reversed() : shown,
          more ? first(shown) : found.reached().map(TimePlace::text),
          after.flatMap(place -> last(shown).or(() -> Optional.of(place.text()))),
          searched(found));
    }
    Found found = violations.older(project, filter, before, size + 1, clear);
    List<ViolationRow> rows = found.rows();
    boolean more = rows.size() > size;
    List<ViolationRow> shown = more ? rows.subList(0, size) : rows;
    return inTime(
        filter.isOldest() ? shown.reversed() : shown,
        before.isPresent() ? first(shown) : Optional.empty(),
        more ? last(shown) : found.reached().map(TimePlace::text),
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
