package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestPostgres;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own, a clock that is set, and instances that look at alerts. */
final class AlertTables {
  static final Duration EVERY = Duration.ofSeconds(15);

  private final TestPostgres.Database database = TestPostgres.shared().migrated();
  private final AtomicReference<Instant> now;
  final JdbcClient jdbc;

  AlertTables(Instant start) {
    now = new AtomicReference<>(start);
    jdbc = JdbcClient.create(source());
  }

  DataSource source() {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }

  /** One connection, for all who ask. */
  SingleConnectionDataSource single() {
    return new SingleConnectionDataSource(
        database.jdbcUrl(), database.user(), database.password(), true);
  }

  Instant now() {
    return Objects.requireNonNull(now.get());
  }

  void passes(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Objects.requireNonNull(now.get());
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** What one instance has. */
  record Instance(AlertLease lease, AlertWatch watch, TransactionTemplate transactions) {
    /** Takes the lease, which must be free. */
    long hold(Duration time) {
      return transactions.execute(status -> lease.hold(time)).orElseThrow();
    }
  }

  Instance instance(DataSource on, AlertSettings settings) {
    var client = JdbcClient.create(on);
    var transactions = new TransactionTemplate(new JdbcTransactionManager(on));
    var lease = new AlertLease(client);
    var watch =
        new AlertWatch(
            client,
            lease,
            new AlertSightings(
                new AlertClocks(client),
                new AlertInputs(client),
                new AlertEpisodes(client),
                new SilentKeys(client)),
            new AlertStore(client, new JdbcTemplate(on)),
            new SilenceStore(client),
            new NoticeWriting(new NoticeRows(client)),
            settings,
            transactions,
            clock());
    return new Instance(lease, watch, transactions);
  }

  static AlertSettings settings(Duration wait, Duration interval) {
    return settings(wait, interval, 8);
  }

  static AlertSettings settings(Duration wait, Duration interval, int mostGroups) {
    return new AlertSettings(
        EVERY,
        Duration.ofSeconds(45),
        wait,
        interval,
        Duration.ofHours(4),
        mostGroups,
        Duration.ofDays(90));
  }

  static CheckedRules rules(String text) {
    Compilation compilation = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    assertThat(compilation.hasErrors()).as(compilation.issues().toString()).isFalse();
    return compilation.rules().orElseThrow();
  }

  /** Counts of a minute, as the sink writes them; of the same again what is newer holds. */
  void count(String assertion, Instant minute, long judged, long violated, long undecided) {
    jdbc.sql(
            """
            INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition, sequence, seen,
              passed, judged, held, violated, undecided, late)
            VALUES ('default', :a, '', 'camera', :minute, 0, 1, :j + :u, :j + :u, :j, :j - :v, :v, :u, 0)
            ON CONFLICT (project, assertion, minute, expectation, stream, source_partition) DO UPDATE SET
              seen = excluded.seen, judged = excluded.judged, held = excluded.held, violated = excluded.violated,
              undecided = excluded.undecided\
            """)
        .param("a", assertion)
        .param("minute", minute.atOffset(ZoneOffset.UTC))
        .param("j", judged)
        .param("v", violated)
        .param("u", undecided)
        .update();
  }

  void episode(String assertion, String key, Instant opened, Instant lasts, String origin) {
    String id = assertion + '-' + key + '-' + opened.getEpochSecond();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      String day = opened.toString().substring(0, 10);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS violation_%s PARTITION OF violation FOR VALUES FROM ('%s') TO (DATE '%s' + 1)"
              .formatted(day.replace("-", ""), day, day));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    jdbc.sql(
            """
            INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,
              span_from, span_to, at, severity, level, mode, sentence, origin, evidence)
            VALUES ('default', CAST(:opened AS date), :id, :a, '', '', 'camera', :key, '', '', :opened, :opened, :opened, 1,
              'WARNING', 'ACTIVE', :sentence, :origin, '{"events":[{"fields":{"vehicle":"x","lane":3}}]}')\
            """)
        .param("opened", opened.atOffset(ZoneOffset.UTC))
        .param("id", id)
        .param("a", assertion)
        .param("key", key)
        .param("sentence", "income \u206342\u2063 of " + key)
        .param("origin", origin)
        .update();
    jdbc.sql(
            """
            INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode, opened,
              lasts, began, ended, violations, worst, worst_day, worst_id)
            VALUES ('default', :id, :a, '', 'camera', :key, '', '', 'WARNING', 'ACTIVE', :opened, :lasts, :opened, :lasts, 1,
              1, CAST(:opened AS date), :id)\
            """)
        .param("id", id)
        .param("a", assertion)
        .param("key", key)
        .param("opened", opened.atOffset(ZoneOffset.UTC))
        .param("lasts", lasts.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<String> column(String sql) {
    return new ArrayList<>(jdbc.sql(sql).query(String.class).list());
  }
}
