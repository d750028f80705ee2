package io.assay.drill;

import io.assay.embedded.RestartedDatabase;
import io.assay.web.sink.EvidenceBounds;
import io.assay.web.sink.Sink;
import io.assay.web.sink.SinkSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The database and who writes to it, and how long nothing was written. */
final class Stored implements AutoCloseable {
  private static final String COUNTS =
      """
      SELECT assertion || ' ' || tally, sum(number) FROM count_minute
      CROSS JOIN LATERAL (VALUES ('seen', seen), ('passed', passed), ('judged', judged),
        ('violated', violated), ('undecided', undecided), ('late', late)) AS t (tally, number)
      GROUP BY 1 HAVING sum(number) > 0\
      """;

  /** Each is held against the backtest. */
  private static final EvidenceBounds ALL = new EvidenceBounds(1_000_000, 0, 0);

  private final RestartedDatabase database;
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final Sink sink;
  private long records;
  private long changedNanos = System.nanoTime();
  private long longestNanos;
  private volatile boolean closed;

  private Stored(RestartedDatabase database, String servers) {
    this.database = database;
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .load()
        .migrate();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    SinkSettings settings =
        SinkSettings.of(servers, "assay").withInstance("drill").withEvidence(ALL);
    sink = Sink.start(source, settings);
    Thread.ofPlatform().name("drill-rows").daemon().start(this::watch);
  }

  /** Both run, or none does. */
  static Stored start(Path folder, String servers) {
    RestartedDatabase database = RestartedDatabase.start(folder);
    try {
      return new Stored(database, servers);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  private void watch() {
    try {
      while (!closed) {
        look(sink.status().records());
        Thread.sleep(20);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(long now) {
    if (now != records) {
      long nanos = System.nanoTime();
      longestNanos = Math.max(longestNanos, nanos - changedNanos);
      changedNanos = nanos;
      records = now;
    }
  }

  synchronized void begin() {
    longestNanos = 0;
  }

  synchronized Duration longestGap() {
    return Duration.ofNanos(Math.max(longestNanos, System.nanoTime() - changedNanos));
  }

  synchronized boolean wroteSince(long nanos) {
    return changedNanos - nanos > 0;
  }

  void kill() {
    database.kill();
  }

  void startAgain() {
    database.startAgain();
  }

  /** Every violation's id; the table has each once. */
  Set<String> ids() throws SQLException {
    var ids = new TreeSet<String>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM violation")) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    return ids;
  }

  /** Sums by assertion and tally. */
  Map<String, Long> counts() throws SQLException {
    var counts = new TreeMap<String, Long>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COUNTS)) {
      while (row.next()) {
        counts.put(row.getString(1), row.getLong(2));
      }
    }
    return counts;
  }

  /** Records that were put aside: there should be none. */
  long putAside() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM sink_skipped)
                  + (SELECT coalesce(sum(events), 0) FROM late_count)
                  + (SELECT coalesce(sum(events), 0) FROM dead_letter_count)\
                """)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    closed = true;
    sink.close();
    database.close();
  }
}
