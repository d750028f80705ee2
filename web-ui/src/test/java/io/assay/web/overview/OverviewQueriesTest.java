package io.assay.web.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class OverviewQueriesTest {
  @Test
  void eventFromTheFutureDoesNotMoveThePeriodThere() throws SQLException {
    TestPostgres.Database database = TestPostgres.shared().fresh();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition,
            sequence, seen, passed, judged, held, violated, undecided, late)
          VALUES ('default', 'schema', '', 'camera', '2026-03-01T12:00:00Z', 0, 1, 5, 5, 5, 5, 0, 0, 0),
            ('default', 'schema', '', 'camera', '2036-03-01T12:00:00Z', 0, 1, 0, 0, 0, 0, 0, 0, 1)""");
    }
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    var queries = new OverviewQueries(JdbcClient.create(source));
    assertThat(queries.newest("default")).hasValue(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(queries.newest("other")).isEmpty();
  }
}
