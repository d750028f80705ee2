package io.assay.web.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
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
            ('default', 'jump', 'camera', 'CRITICAL', 'ACTIVE', '2026-03-01T12:05:00Z', 0, 0)\
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

  private static RateQueries queries(TestPostgres.Database database) {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return new RateQueries(JdbcClient.create(source));
  }

  private static TestPostgres.Database migrated() {
    TestPostgres.Database database = TestPostgres.shared().fresh();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    return database;
  }
}
