package io.assay.web.alerts;

import io.assay.assertion.alert.AlertCause;
import io.assay.assertion.alert.AlertCounts;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.StreamClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was counted of all assertions: one query for all, however many there are. */
@Component
class AlertInputs {
  /**
   * Each assertion by itself, from the index; the least of the times stands beside those of the
   * list, of which PostgreSQL cannot know how few rows are beyond, and would read all that there
   * are.
   */
  private static final String TRAILING =
      """
      SELECT a.assertion, c.*
      FROM unnest(:assertions::text[], :streams::text[], :since::text[]::timestamptz[]) AS a (assertion, stream, since)
      CROSS JOIN LATERAL (
        SELECT expectation, sum(seen) AS seen, sum(passed) AS passed, sum(judged) AS judged, sum(violated) AS violated,
          sum(undecided) AS undecided
        FROM count_minute
        WHERE project = :project AND assertion = a.assertion AND stream = a.stream AND minute >= a.since
          AND minute >= :least::timestamptz
        GROUP BY expectation) c\
      """;

  private static final String WINDOWS =
      """
      SELECT a.assertion, c.judged, c.violated, c.undecided
      FROM unnest(:assertions::text[], :streams::text[], :windows::bigint[]) AS a (assertion, stream, windows)
      CROSS JOIN LATERAL (
        SELECT minute, sum(judged) AS judged, sum(violated) AS violated, sum(undecided) AS undecided
        FROM count_minute
        WHERE project = :project AND assertion = a.assertion AND stream = a.stream AND judged > 0
        GROUP BY minute ORDER BY minute DESC LIMIT a.windows) c
      ORDER BY a.assertion, c.minute DESC\
      """;

  /** More in a row nobody can mean, and each is read. */
  private static final long MOST_WINDOWS = 10_000;

  private final JdbcClient jdbc;

  AlertInputs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** By assertion and line, in the stretch that its rules look at. */
  Map<String, Map<String, AlertCounts>> trailing(
      String project, List<AlertRule> rules, Map<String, StreamClock> clocks) {
    Map<String, AlertRule> asked = new LinkedHashMap<>();
    Map<String, Instant> since = new LinkedHashMap<>();
    for (AlertRule rule : rules) {
      StreamClock clock = clocks.get(rule.assertion().on().name());
      Optional<Duration> over = over(rule);
      if (over.isPresent() && clock != null) {
        asked.put(rule.assertion().name(), rule);
        since.put(rule.assertion().name(), clock.from(over.get()));
      }
    }
    Map<String, Map<String, AlertCounts>> found = new HashMap<>();
    if (asked.isEmpty()) {
      return found;
    }
    jdbc.sql(TRAILING)
        .param("project", project)
        .param("assertions", asked.keySet().toArray(String[]::new))
        .param("streams", streams(asked.values()))
        .param("since", since.values().stream().map(Instant::toString).toArray(String[]::new))
        .param("least", Collections.min(since.values()).atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getString("assertion"), name -> new HashMap<>())
                  .put(
                      row.getString("expectation"),
                      counts(row, row.getLong("seen"), row.getLong("passed")));
            });
    return found;
  }

  private static AlertCounts counts(ResultSet row, long seen, long passed) throws SQLException {
    return new AlertCounts(
        seen, passed, row.getLong("judged"), row.getLong("violated"), row.getLong("undecided"));
  }

  private static String[] streams(Collection<AlertRule> rules) {
    return rules.stream().map(rule -> rule.assertion().on().name()).toArray(String[]::new);
  }

  /** All rules of an assertion look at the same stretch. */
  private static Optional<Duration> over(AlertRule rule) {
    return switch (rule.cause()) {
      case AlertCause.Rate rate -> Optional.of(rate.over());
      case AlertCause.Undecided undecided -> Optional.of(undecided.over());
      case AlertCause.Breached ignored -> Optional.empty();
      case AlertCause.Open ignored -> Optional.empty();
      case AlertCause.Stopped ignored -> Optional.empty();
    };
  }

  /** By assertion: the newest minutes in which windows were judged, newest first. */
  Map<String, List<AlertCounts>> windows(String project, List<AlertRule> rules) {
    Map<String, AlertRule> asked = new LinkedHashMap<>();
    Map<String, Long> windows = new LinkedHashMap<>();
    for (AlertRule rule : rules) {
      if (rule.cause() instanceof AlertCause.Breached breached) {
        asked.put(rule.assertion().name(), rule);
        windows.merge(
            rule.assertion().name(), Math.min(MOST_WINDOWS, breached.windows()), Math::max);
      }
    }
    Map<String, List<AlertCounts>> found = new HashMap<>();
    if (!asked.isEmpty()) {
      jdbc.sql(WINDOWS)
          .param("project", project)
          .param("assertions", asked.keySet().toArray(String[]::new))
          .param("streams", streams(asked.values()))
          .param("windows", windows.values().toArray(Long[]::new))
          .query(
              row -> {
                found
                    .computeIfAbsent(row.getString("assertion"), name -> new ArrayList<>())
                    .add(counts(row, 0, 0));
              });
    }
    return found;
  }
}
