package io.assay.web.violations;

import static io.assay.web.violations.FilterConditions.day;
import static io.assay.web.violations.FilterConditions.time;

import io.assay.web.system.TimePlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Goes through the violations of a project by key, never by offset, and never through all of them.
 *
 * <p>Of what no index has (a severity, a word) so many are looked at and no more: whoever asked is
 * told how far that was, and goes on from there. Hours in which nothing fits, as the roll-up says,
 * are left out.
 */
@Repository
class ViolationSearch {
  /** Looked at at once, and how often for one request. */
  private static final int AT_ONCE = 4_000;

  private static final int LOOKS = 5;

  private final JdbcClient jdbc;
  private final PrivateKeys keys;

  ViolationSearch(JdbcClient jdbc, PrivateKeys keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /**
   * What was found, newest first.
   *
   * @param reached the last place that was looked at, where there are more that were not
   */
  record Found(List<ViolationRow> rows, Optional<TimePlace> reached) {}

  /** The newest before a place, or from the start; one more than asked for tells of a next page. */
  Found older(
      String project, ViolationFilter filter, Optional<TimePlace> than, int limit, boolean clear) {
    return search(new Asked(project, filter, keys.sight(project, clear), true), than, limit);
  }

  /** The nearest after a place, or the oldest of all; newest first, too. */
  Found newer(
      String project, ViolationFilter filter, Optional<TimePlace> than, int limit, boolean clear) {
    Found found =
        search(new Asked(project, filter, keys.sight(project, clear), false), than, limit);
    return new Found(found.rows().reversed(), found.reached());
  }

  private Found search(Asked asked, Optional<TimePlace> from, int limit) {
    Conditions checked = asked.checked();
    if (checked.isEmpty()) {
      return new Found(rows(asked, asked.indexed(from), checked, limit), Optional.empty());
    }
    List<ViolationRow> found = new ArrayList<>();
    Optional<TimePlace> place = from;
    for (int look = 0; look < LOOKS; look++) {
      Optional<Instant> hour = hour(asked, place);
      if (hour.isEmpty()) {
        return new Found(found, Optional.empty());
      }
      Conditions where = asked.indexed(place);
      asked.within(where, hour.get());
      found.addAll(rows(asked, where, checked, limit - found.size()));
      if (found.size() >= limit) {
        return new Found(found, Optional.empty());
      }
      place = last(asked, where);
      if (place.isEmpty()) {
        return new Found(found, Optional.empty());
      }
    }
    return new Found(found, place);
  }

  /** The nearest hour in which something may fit. */
  private Optional<Instant> hour(Asked asked, Optional<TimePlace> place) {
    Conditions where = FilterConditions.hours(asked.project(), asked.filter());
    place.ifPresent(
        it ->
            where.add(
                asked.older() ? "hour <= ?" : "hour >= ?",
                time(it.at().truncatedTo(ChronoUnit.HOURS))));
    return jdbc.sql(
            "select hour from violation_hour where "
                + where.sql()
                + " order by hour "
                + (asked.older() ? "desc" : "asc")
                + " limit 1")
        .params(where.values())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  private List<ViolationRow> rows(Asked asked, Conditions where, Conditions checked, int limit) {
    String columns = ViolationQueries.COLUMNS;
    String sql =
        "select %s from violation where %s order by %s limit "
            .formatted(columns, where.sql(), asked.order());
    List<Object> values = new ArrayList<>(where.values());
    if (checked.isEmpty()) {
      sql += limit;
    } else {
      sql =
          "select %s from (%s) looked where %s order by %s limit %d"
              .formatted(columns, sql + AT_ONCE, checked.sql(), asked.order(), limit);
      values.addAll(checked.values());
    }
    return jdbc.sql(sql)
        .params(values)
        .query((row, number) -> ViolationQueries.row(row, asked.sight()))
        .list();
  }

  /** The last that was looked at; nothing where there were no more. */
  private Optional<TimePlace> last(Asked asked, Conditions where) {
    return jdbc.sql(
            "select at, id from violation where %s order by %s offset %d limit 1"
                .formatted(where.sql(), asked.order(), AT_ONCE - 1))
        .params(where.values())
        .query((row, number) -> cursor(row))
        .optional();
  }

  private static TimePlace cursor(ResultSet row) throws SQLException {
    return new TimePlace(
        row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("id"));
  }

  /** What is looked for, and in which direction of time. */
  private record Asked(String project, ViolationFilter filter, KeySight sight, boolean older) {
    String order() {
      return older ? "at desc, id" : "at, id desc";
    }

    /** What an index finds, from a place on. */
    Conditions indexed(Optional<TimePlace> from) {
      var where = new Conditions().add("project = ?", project);
      if (filter.key().isPresent()) {
        where.add("key = ?", filter.key().get());
      } else {
        filter.assertion().ifPresent(value -> where.add("assertion = ?", value));
      }
      // The day besides the time lets PostgreSQL leave out whole partitions.
      filter.from().ifPresent(value -> where.add("at >= ? and day >= ?", time(value), day(value)));
      filter.to().ifPresent(value -> where.add("at < ? and day <= ?", time(value), day(value)));
      from.ifPresent(
          place ->
              where.add(
                  older
                      ? "at <= ? and day <= ? and (at < ? or id > ?)"
                      : "at >= ? and day >= ? and (at > ? or id < ?)",
                  time(place.at()),
                  day(place.at()),
                  time(place.at()),
                  place.id()));
      return where;
    }

    /** No further than the end, or the begin, of an hour. */
    void within(Conditions where, Instant hour) {
      if (older) {
        where.add("at < ? and day <= ?", time(hour.plus(1, ChronoUnit.HOURS)), day(hour));
      } else {
        where.add("at >= ? and day >= ?", time(hour), day(hour));
      }
    }

    /** What must be looked at. */
    Conditions checked() {
      var where = new Conditions();
      if (filter.key().isPresent()) {
        filter.assertion().ifPresent(value -> where.add("assertion = ?", value));
      }
      return where.add(FilterConditions.looked(filter, sight));
    }
  }
}
