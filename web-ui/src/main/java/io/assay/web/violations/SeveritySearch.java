package io.assay.web.violations;

import static io.assay.web.violations.FilterConditions.day;
import static io.assay.web.violations.FilterConditions.time;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Goes through the violations of a project from the most severe on, by an index of each day's
 * partition. What that index does not have is looked at, so many violations and no more: from the
 * highest that fits, as the hours' roll-up has it. Whoever asked is told how far that was.
 */
@Repository
class SeveritySearch {
  /** Looked at at once, and how often for one request. */
  private static final int AT_ONCE = 4_000;

  private static final int LOOKS = 5;
  private static final String ORDER = "severity desc, at desc, id";

  private final JdbcClient jdbc;
  private final PrivateKeys keys;

  SeveritySearch(JdbcClient jdbc, PrivateKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /**
   * What was found, the most severe first.
   *
   * @param reached the last place that was looked at, where there are more that were not
   */
  record Found(List<ViolationRow> rows, Optional<SeverityPlace> reached) {}

  /** The most severe behind a place, or of all; one more than asked for tells of a next page. */
  Found worst(
      String project,
      ViolationFilter filter,
      Optional<SeverityPlace> than,
      int limit,
      boolean clear) {
    var asked = new Asked(project, filter, keys.sight(project, clear));
    if (asked.checked().isEmpty()) {
      return new Found(rows(asked, asked.from(than), limit), Optional.empty());
    }
    List<Conditions> from = asked.from(than);
    if (than.isEmpty()) {
      Optional<Double> highest = highest(asked);
      if (highest.isEmpty()) {
        return new Found(List.of(), Optional.empty());
      }
      from = List.of(asked.indexed().add("severity <= ?", highest.get()));
    }
    List<ViolationRow> found = new ArrayList<>();
    Optional<SeverityPlace> place = than;
    for (int look = 0; look < LOOKS; look++) {
      found.addAll(rows(asked, from, limit - found.size()));
      if (found.size() >= limit) {
        return new Found(found, Optional.empty());
      }
      place = last(from);
      if (place.isEmpty()) {
        return new Found(found, Optional.empty());
      }
      from = asked.from(place);
    }
    return new Found(found, place);
  }

  /** How severe it is at most what may fit; empty where nothing may. */
  private Optional<Double> highest(Asked asked) {
    Conditions where = FilterConditions.hours(asked.project(), asked.filter());
    return jdbc.sql(
            "select highest from violation_hour where %s order by highest desc limit 1"
                .formatted(where.sql()))
        .params(where.values())
        .query(Double.class)
        .optional();
  }

  private List<ViolationRow> rows(Asked asked, List<Conditions> from, int limit) {
    Conditions checked = asked.checked();
    String columns = ViolationQueries.COLUMNS;
    List<Object> values = new ArrayList<>();
    String looked = union(columns, from, checked.isEmpty() ? limit : AT_ONCE, values);
    values.addAll(checked.values());
    return jdbc.sql(
            "select %s from (%s) looked where %s order by %s limit %d"
                .formatted(columns, looked, checked.sql(), ORDER, limit))
        .params(values)
        .query((row, number) -> ViolationQueries.row(row, asked.sight()))
        .list();
  }

  /** The last that was looked at; nothing where there were no more. */
  private Optional<SeverityPlace> last(List<Conditions> from) {
    List<Object> values = new ArrayList<>();
    String looked = union("severity, at, id", from, AT_ONCE, values);
    return jdbc.sql(
            "select * from (%s) looked order by %s offset %d limit 1"
                .formatted(looked, ORDER, AT_ONCE - 1))
        .params(values)
        .query(
            (row, number) ->
                new SeverityPlace(
                    row.getDouble("severity"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("id")))
        .optional();
  }

  /** The first of several stretches of the index, which lie behind each other. */
  private static String union(
      String columns, List<Conditions> stretches, int most, List<Object> values) {
    List<String> parts = new ArrayList<>();
    for (Conditions where : stretches) {
      parts.add(
          "(select %s from violation where %s order by %s limit %d)"
              .formatted(columns, where.sql(), ORDER, most));
      values.addAll(where.values());
    }
    return "select %s from (%s) stretches order by %s limit %d"
        .formatted(columns, String.join(" union all ", parts), ORDER, most);
  }

  /** What is looked for. */
  private record Asked(String project, ViolationFilter filter, KeySight sight) {
    /** What the index, or which partitions there are, answers. */
    Conditions indexed() {
      var where = new Conditions().add("project = ?", project);
      filter.severity().ifPresent(value -> where.add("severity >= ?", value));
      filter.from().ifPresent(value -> where.add("day >= ?", day(value)));
      filter.to().ifPresent(value -> where.add("day <= ?", day(value)));
      return where;
    }

    /**
     * What lies behind a place: the rest of those of its severity, then all that are less severe.
     * As one condition an index would begin with all of that severity again, which may be most.
     */
    List<Conditions> from(Optional<SeverityPlace> than) {
      if (than.isEmpty()) {
        return List.of(indexed());
      }
      SeverityPlace place = than.get();
      return List.of(
          indexed()
              .add(
                  "severity = ? and day <= ? and at <= ? and (at < ? or id > ?)",
                  place.severity(),
                  day(place.at()),
                  time(place.at()),
                  time(place.at()),
                  place.id()),
          indexed().add("severity < ?", place.severity()));
    }

    /** What must be looked at. */
    Conditions checked() {
      var where = new Conditions();
      filter.key().ifPresent(value -> where.add("key = ?", value));
      filter.assertion().ifPresent(value -> where.add("assertion = ?", value));
      filter.from().ifPresent(value -> where.add("at >= ?", time(value)));
      filter.to().ifPresent(value -> where.add("at < ?", time(value)));
      return where.add(FilterConditions.looked(filter, sight));
    }
  }
}
