package io.assay.web.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.embedded.TestPostgres;
import io.assay.stream.contract.CountRecord.InSlice;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Spans, hours and days against what minutes and violations themselves add up to: random figures
 * over some days, written in turns, repeated and out of order.
 */
class RollUpsTest {
  private static final Instant BEGIN = Instant.parse("2026-03-28T21:17:00Z");
  private static final int MINUTES = 3 * 24 * 60;

  private static Connection connection;

  /** Of each minute the count of the highest sequence; of those with the same, the first. */
  private static final Map<Rows.CountKey, Rows.Count> highest = new HashMap<>();

  @BeforeAll
  static void write() throws SQLException {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    connection = database.connect();
    connection.setAutoCommit(false);
    var random = new Random(41);
    List<Rows.Found> told = new ArrayList<>();
    for (int turn = 0; turn < 12; turn++) {
      var rows = new Rows();
      for (int i = 0; i < 150; i++) {
        Rows.CountKey key = key(random);
        Rows.Count count = count(random, random.nextInt(5));
        rows.add(key, count);
        highest.merge(key, count, (a, b) -> a.sequence() >= b.sequence() ? a : b);
        told.add(found(random, 150 * turn + i));
        // What came before comes again.
        rows.add(told.get(random.nextInt(told.size())));
        rows.add(told.getLast());
      }
      new DayPartitions().ensure(connection, rows.days());
      new ViolationTable(EvidenceBounds.USUAL).write(connection, rows.violations());
      JudgedTables.write(connection, rows.counts());
      connection.commit();
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static Rows.CountKey key(Random random) {
    return new Rows.CountKey(
        random.nextInt(5) == 0 ? "other" : "default",
        "rule-" + random.nextInt(3),
        random.nextBoolean() ? "" : "named",
        random.nextBoolean() ? "camera" : "lidar",
        BEGIN.plus(random.nextInt(MINUTES / 20) * 20L, ChronoUnit.MINUTES),
        random.nextInt(2));
  }

  private static Rows.Count count(Random random, long sequence) {
    long violated = random.nextInt(10);
    long held = random.nextInt(100);
    long undecided = random.nextInt(3);
    long judged = violated + held;
    return new Rows.Count(
        sequence,
        judged + undecided + 5,
        judged + undecided,
        judged,
        held,
        violated,
        undecided,
        random.nextInt(2),
        slices(random, sequence));
  }

  /** As processors count: what there was once there is from then on. */
  private static List<InSlice> slices(Random random, long sequence) {
    List<InSlice> parts = new ArrayList<>();
    parts.add(new InSlice("night", SliceValue.TRUE, 5 + random.nextInt(9), random.nextInt(5), 0));
    if (sequence > 1) {
      parts.add(new InSlice("night", SliceValue.UNDECIDED, 0, 0, 1 + random.nextInt(9)));
    }
    if (sequence > 2) {
      parts.add(new InSlice("rain", SliceValue.FALSE, 5 + random.nextInt(9), random.nextInt(5), 1));
    }
    return parts;
  }

  private static Rows.Found found(Random random, int number) {
    Instant at = BEGIN.plusMillis((long) (random.nextDouble() * MINUTES * 60_000));
    Violation violation = SinkBench.violation(number, at);
    return new Rows.Found(
        violation,
        new String(ViolationJson.write(violation), StandardCharsets.UTF_8),
        random.nextInt(10) == 0 ? "repair" : "live",
        0,
        0,
        null);
  }

  @Test
  void countsOfHoursAndDaysAreThoseOfTheirMinutes() throws SQLException {
    for (String unit : List.of("hour", "day")) {
      String sums =
          "sum(seen), sum(passed), sum(judged), sum(held), sum(violated), sum(undecided),"
              + " sum(late)";
      List<String> rolled =
          rows(
              "SELECT project, %1$s, assertion, expectation, stream, %2$s FROM count_%1$s GROUP BY 1, 2, 3, 4, 5"
                  .formatted(unit, sums));
      assertThat(rolled)
          .hasSizeGreaterThan(20)
          .isEqualTo(
              rows(
                  "SELECT project, date_trunc('%1$s', minute, 'UTC'), assertion, expectation, stream, %2$s FROM count_minute GROUP BY 1, 2, 3, 4, 5"
                      .formatted(unit, sums)));
    }
  }

  @Test
  void spansAreWhatTheirMinutesAndViolationsAddUpTo() throws SQLException {
    assertThat(rows("SELECT * FROM count_span"))
        .hasSizeGreaterThan(100)
        .isEqualTo(
            rows(
                """
                SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch'), assertion,
                  expectation, stream, sum(seen), sum(passed), sum(judged), sum(held), sum(violated), sum(undecided),
                  sum(late)
                FROM count_minute CROSS JOIN (VALUES (2), (10), (360)) s (span) GROUP BY 1, 2, 3, 4, 5, 6\
                """));
    assertThat(rows("SELECT * FROM violation_span"))
        .hasSizeGreaterThan(100)
        .isEqualTo(
            rows(
                """
                SELECT project, span, date_bin(span * interval '1 minute', at, TIMESTAMPTZ 'epoch'), assertion, stream,
                  level, mode, count(*) FILTER (WHERE origin = 'live'),
                  coalesce(max(severity) FILTER (WHERE origin = 'live'), 0)
                FROM violation CROSS JOIN (VALUES (2), (10), (360)) s (span) GROUP BY 1, 2, 3, 4, 5, 6, 7\
                """));
  }

  @Test
  void spansBySliceAreWhatTheirMinutesAddUpToAndTheseAreOfTheHighestSequence() throws SQLException {
    assertThat(rows("SELECT * FROM slice_span"))
        .hasSizeGreaterThan(100)
        .isEqualTo(
            rows(
                """
                SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch'), assertion,
                  expectation, stream, slice, value, sum(judged), sum(violated), sum(undecided)
                FROM slice_minute CROSS JOIN (VALUES (2), (10), (60), (360), (1440)) s (span)
                GROUP BY 1, 2, 3, 4, 5, 6, 7, 8\
                """));
    List<String> told = new ArrayList<>();
    highest.forEach(
        (key, count) ->
            count
                .slices()
                .forEach(
                    part ->
                        told.add(
                            "(%s,%s,%s,%s,%d,%d,%s,%s,%d,%d,%d)"
                                .formatted(
                                    key.project(),
                                    key.assertion(),
                                    key.expectation().isEmpty() ? "\"\"" : key.expectation(),
                                    key.stream(),
                                    key.minute().getEpochSecond() / 60,
                                    key.partition(),
                                    part.slice(),
                                    part.value().name().toLowerCase(Locale.ROOT),
                                    part.judged(),
                                    part.violated(),
                                    part.undecided()))));
    assertThat(
            rows(
                """
                SELECT project, assertion, expectation, stream, (extract(epoch FROM minute) / 60)::bigint, source_partition,
                  slice, value, judged, violated, undecided FROM slice_minute\
                """))
        .containsExactlyInAnyOrderElementsOf(told);
  }

  /** Rewriting what stands there costs as much as writing it, twice a second for each minute. */
  @Test
  void whatHasNotChangedOfASliceIsNotWritten() throws SQLException {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    try (Connection own = database.connect();
        Statement statement = own.createStatement()) {
      var key = new Rows.CountKey("default", "rule", "", "camera", BEGIN, 0);
      write(own, key, 1, 7);
      String versions =
          """
          SELECT string_agg(concat_ws(' ', t, xmin, xmax), ';' ORDER BY t::text) FROM %s t WHERE value = 'false'\
          """;
      String minute = text(statement, versions.formatted("slice_minute"));
      String spans = text(statement, versions.formatted("slice_span"));
      write(own, key, 2, 9);
      assertThat(text(statement, "SELECT judged FROM slice_minute WHERE value = 'true'"))
          .isEqualTo("9");
      assertThat(text(statement, "SELECT sum(judged) FROM slice_span WHERE value = 'true'"))
          .isEqualTo("45");
      assertThat(text(statement, versions.formatted("slice_minute")))
          .contains(",false,1,5,1,0)")
          .isEqualTo(minute);
      assertThat(text(statement, versions.formatted("slice_span"))).isEqualTo(spans);
    }
  }

  private static void write(Connection to, Rows.CountKey key, long sequence, long night)
      throws SQLException {
    List<InSlice> parts =
        List.of(
            new InSlice("night", SliceValue.TRUE, night, 0, 0),
            new InSlice("night", SliceValue.FALSE, 5, 1, 0));
    JudgedTables.write(to, Map.of(key, new Rows.Count(sequence, 20, 20, 20, 19, 1, 0, 0, parts)));
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }

  @Test
  void violationsOfHoursAndDaysAreThoseThatAreStored() throws SQLException {
    for (String unit : List.of("minute", "hour", "day")) {
      List<String> rolled =
          rows(
              "SELECT project, %1$s, assertion, stream, level, mode, violations, worst FROM violation_%1$s"
                  .formatted(unit));
      assertThat(rolled)
          .hasSizeGreaterThan(3)
          .isEqualTo(
              rows(
                  """
                  SELECT project, date_trunc('%1$s', at, 'UTC'), assertion, stream, level, mode,
                    count(*) FILTER (WHERE origin = 'live'), coalesce(max(severity) FILTER (WHERE origin = 'live'), 0)
                  FROM violation GROUP BY 1, 2, 3, 4, 5, 6\
                  """
                      .formatted(unit)));
    }
    assertThat(rows("SELECT hour, highest FROM violation_hour"))
        .isEqualTo(
            rows("SELECT date_trunc('hour', at, 'UTC'), max(severity) FROM violation GROUP BY 1"));
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT t::text FROM (" + sql + ") t ORDER BY t::text")) {
      List<String> all = new ArrayList<>();
      while (found.next()) {
        all.add(found.getString(1));
      }
      return all;
    }
  }
}
