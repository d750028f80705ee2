package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.RateChange;
import io.assay.assertion.weaklabel.RateChange.Stretch;
import io.assay.embedded.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sums of the database against stretches that are added up here, minute by minute. */
class ProofSumsTest {
  /** Within an hour, and on another day than that of UTC in most zones. */
  private static final Instant SINCE = Instant.parse("2026-03-29T22:37:00Z");

  @Test
  void aChangeIsThatOfAllItsHours() throws SQLException {
    DataSource source = filled();
    JdbcClient jdbc = JdbcClient.create(source);
    var sums =
        new ProofSums(jdbc, new TransactionTemplate(new DataSourceTransactionManager(source)));
    Map<String, ProofSums.Sides> all = sums.all("default", SINCE);
    assertThat(all).hasSize(3);
    for (String assertion : List.of("rule-0", "rule-1", "rule-2")) {
      ProofSums.Sides sides = sums.of("default", assertion, SINCE);
      assertThat(sides).isEqualTo(all.get(assertion));
      RateChange wanted =
          RateChange.of(hours(jdbc, assertion, false), hours(jdbc, assertion, true));
      RateChange found = RateChange.of(sides.before().orElseThrow(), sides.after().orElseThrow());
      assertThat(found.before()).isEqualTo(wanted.before());
      assertThat(found.after()).isEqualTo(wanted.after());
      // Squares are added up in another order.
      assertThat(found.interval().low()).isCloseTo(wanted.interval().low(), within(1e-12));
      assertThat(found.interval().high()).isCloseTo(wanted.interval().high(), within(1e-12));
    }
    assertThat(sums.all("default", SINCE.plus(400, ChronoUnit.DAYS))).isEmpty();
    assertThat(sums.of("default", "nobody", SINCE).areBoth()).isFalse();
  }

  private static List<Stretch> hours(JdbcClient jdbc, String assertion, boolean after) {
    Instant hour = SINCE.truncatedTo(ChronoUnit.HOURS);
    Map<Instant, Stretch> hours = new TreeMap<>();
    jdbc.sql("SELECT minute, violated, held FROM count_minute WHERE assertion = ?")
        .param(assertion)
        .query(
            row -> {
              Instant minute = row.getObject("minute", OffsetDateTime.class).toInstant();
              boolean isNear =
                  !minute.isBefore(hour.minus(14, ChronoUnit.DAYS))
                      && minute.isBefore(hour.plus(14, ChronoUnit.DAYS));
              if (isNear && minute.isBefore(SINCE) != after) {
                long violated = row.getLong("violated");
                hours.merge(
                    minute.truncatedTo(ChronoUnit.HOURS),
                    new Stretch(violated, violated + row.getLong("held")),
                    (a, b) -> new Stretch(a.violated() + b.violated(), a.judged() + b.judged()));
              }
            });
    return new ArrayList<>(hours.values());
  }

  private static DataSource filled() throws SQLException {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("SELECT setseed(0.3)");
      statement.execute(
          """
          INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition,
            sequence, seen, passed, judged, held, violated, undecided, late)
          SELECT 'default', 'rule-' || i % 3, '', 'camera', TIMESTAMPTZ '2026-03-13 00:00:00Z' + i * interval '5 minutes',
            0, 1, n, n, n, n - v, v, 0, 0
          FROM generate_series(1, 10000) i,
            LATERAL (SELECT 20 + floor(random() * 50 + i * 0)::int AS n, floor(random() * 20 + i * 0)::int AS v) c\
          """);
      statement.execute(
          """
          INSERT INTO count_hour
          SELECT project, date_trunc('hour', minute, 'UTC'), assertion, expectation, stream, sum(seen), sum(passed),
            sum(judged), sum(held), sum(violated), sum(undecided), sum(late) FROM count_minute GROUP BY 1, 2, 3, 4, 5\
          """);
      statement.execute(
          """
          INSERT INTO count_span
          SELECT project, 2, date_bin('2 minutes', minute, TIMESTAMPTZ 'epoch') AS begins, assertion, expectation, stream,
            sum(seen), sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
          FROM count_minute GROUP BY project, begins, assertion, expectation, stream\
          """);
    }
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }
}
