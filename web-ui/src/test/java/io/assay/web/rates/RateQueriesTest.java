package io.assay.web.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.assay.embedded.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RateQueriesTest {
  @Test
  void eventFromTheFutureDoesNotMoveThePeriodThere() throws SQLException {
    TestPostgres.Database database = migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition,
            sequence, seen, passed, judged, held, violated, undecided, late)
          VALUES ('default', 'schema', '', 'camera', '2026-03-01T12:00:00Z', 0, 1, 5, 5, 5, 5, 0, 0, 0),
            ('default', 'schema', '', 'camera', '2036-03-01T12:00:00Z', 0, 1, 0, 0, 0, 0, 0, 0, 1)\
          """);
    }
    var queries = queries(database);
    assertThat(queries.newest("default")).hasValue(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(queries.newest("other")).isEmpty();
  }

  /** The sink leaves a minute without violations, so that filters know the assertion. */
  @Test
  void aMinuteOfRepairsAloneIsInNoFigure() throws SQLException {
    TestPostgres.Database database = migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO violation_minute (project, assertion, stream, level, mode, minute, violations, worst)
          VALUES ('default', 'gap', 'camera', 'WARNING', 'ACTIVE', '2026-03-01T12:00:00Z', 2, 0.5),
            ('default', 'jump', 'camera', 'CRITICAL', 'ACTIVE', '2026-03-01T12:05:00Z', 0, 0);
          INSERT INTO violation_span SELECT project, 2, date_bin('2 minutes', minute, TIMESTAMPTZ 'epoch'), assertion,
            stream, level, mode, violations, worst FROM violation_minute\
          """);
    }
    var queries = queries(database);
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(queries.newest("default")).hasValue(noon);
    var period = Period.of(Range.HOUR, noon.plusSeconds(600), noon);
    assertThat(queries.fired("default", period))
        .extracting(RateQueries.Fired::assertion)
        .containsExactly("gap");
  }

  /** Else what fired long ago had never fired, and an installation at rest had never judged. */
  @Test
  void whereMinutesWentDaysTellWhenSomethingFiredLast() throws SQLException {
    TestPostgres.Database database = migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO violation_day (project, day, assertion, stream, level, mode, violations, worst)
          VALUES ('default', '2026-02-01T00:00:00Z', 'gap', 'camera', 'WARNING', 'ACTIVE', 2, 0.5),
            ('default', '2026-02-03T00:00:00Z', 'gap', 'lidar', 'WARNING', 'ACTIVE', 1, 0.5),
            ('default', '2026-02-05T00:00:00Z', 'gap', 'lidar', 'WARNING', 'ACTIVE', 0, 0.5)\
          """);
    }
    var queries = queries(database);
    Instant third = Instant.parse("2026-02-03T00:00:00Z");
    assertThat(queries.newest("default")).hasValue(third);
    assertThat(queries.last("default", List.of("gap", "jump")))
        .containsExactly(entry("gap", third));
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO violation_minute (project, assertion, stream, level, mode, minute,"
              + " violations, worst) VALUES ('default', 'gap', 'camera', 'WARNING', 'ACTIVE',"
              + " '2026-02-03T09:07:00Z', 2, 0.5)");
    }
    Instant minute = Instant.parse("2026-02-03T09:07:00Z");
    assertThat(queries.newest("default")).hasValue(minute);
    assertThat(queries.last("default", List.of("gap"))).containsEntry("gap", minute);
  }

  /** From each roll-up what minutes add up to, step by step. */
  @ParameterizedTest
  @EnumSource(Range.class)
  void everyRangeIsWhatItsMinutesAddUpTo(Range range) throws SQLException {
    TestPostgres.Database database = filled();
    var queries = queries(database);
    Instant newest = queries.newest("default").orElseThrow();
    var period = Period.of(range, newest.plusSeconds(1_000), newest);
    Map<Integer, Long> found = new TreeMap<>();
    queries
        .judged("default", period)
        .forEach(one -> found.merge(one.step(), one.counted().judged(), Long::sum));
    Map<Integer, Long> wanted = new TreeMap<>();
    each(
        database,
        "SELECT minute, judged FROM count_minute",
        (minute, judged) -> {
          if (period.step(minute) >= 0) {
            wanted.merge(period.step(minute), judged, Long::sum);
          }
        });
    assertThat(found).isEqualTo(wanted).isNotEmpty();
    assertThat(period.start().plus(range.length())).isEqualTo(period.end());
  }

  /** Where the clock is put on within the month, in zones of half and of three quarter hours. */
  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"})
  void hoursOfTheDayAreThoseOfTheZone(String zone) throws SQLException {
    TestPostgres.Database database = filled();
    var queries = queries(database);
    Instant newest = queries.newest("default").orElseThrow();
    var period = Period.of(Range.MONTH, newest, newest);
    Map<String, Long> found = new TreeMap<>();
    queries
        .byHourOfDay("default", "gap", period, ZoneId.of(zone))
        .forEach((hour, counted) -> found.put(hour, counted.judged()));
    Map<String, Long> wanted = new TreeMap<>();
    each(
        database,
        "SELECT minute, judged FROM count_minute WHERE assertion = 'gap'",
        (minute, judged) -> {
          if (period.step(minute) >= 0) {
            Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
            wanted.merge(LocalTime.ofInstant(hour, ZoneId.of(zone)).toString(), judged, Long::sum);
          }
        });
    assertThat(found).isEqualTo(wanted).hasSizeGreaterThan(20);
  }

  private static void each(
      TestPostgres.Database database, String sql, BiConsumer<Instant, Long> row)
      throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        row.accept(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getLong(2));
      }
    }
  }

  private static TestPostgres.@Nullable Database month;

  /** Random figures of forty days around the end of March, with roll-ups made of minutes. */
  private static TestPostgres.Database filled() throws SQLException {
    TestPostgres.Database known = month;
    if (known != null) {
      return known;
    }
    TestPostgres.Database database = migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("SELECT setseed(0.5)");
      statement.execute(
          """
          INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition,
            sequence, seen, passed, judged, held, violated, undecided, late)
          SELECT 'default', (ARRAY['gap', 'jump'])[1 + i % 2], '', 'camera',
            date_trunc('minute', TIMESTAMPTZ '2026-03-10 05:07:00Z' + i * interval '9.7 minutes'), 0, 1, n, n, n, n - 1, 1, 0, 0
          FROM generate_series(1, 6000) i, LATERAL (SELECT 1 + floor(random() * 50 + i * 0)::int AS n) c\
          """);
      for (String unit : List.of("hour", "day")) {
        statement.execute(
            """
            INSERT INTO count_%1$s
            SELECT project, date_trunc('%1$s', minute, 'UTC'), assertion, expectation, stream, sum(seen), sum(passed),
              sum(judged), sum(held), sum(violated), sum(undecided), sum(late) FROM count_minute GROUP BY 1, 2, 3, 4, 5\
            """
                .formatted(unit));
      }
      statement.execute(
          """
          INSERT INTO count_span
          SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS begins, assertion,
            expectation, stream, sum(seen), sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
          FROM count_minute CROSS JOIN (VALUES (2), (10), (360)) s (span) GROUP BY project, span, begins, assertion,
            expectation, stream\
          """);
    }
    month = database;
    return database;
  }

  private static RateQueries queries(TestPostgres.Database database) {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return new RateQueries(JdbcClient.create(source));
  }

  private static TestPostgres.Database migrated() {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    return database;
  }
}
