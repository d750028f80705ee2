package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import io.assay.embedded.TestPostgres;
import io.assay.web.access.Audit;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of a review and who acts on them, without pages and broker; time is the test's. */
public final class ReviewTables implements AutoCloseable {
  private final TestPostgres.Database database = TestPostgres.shared().migrated();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Transactions {}

  /** With more parts, and what they need. */
  public ReviewTables(List<Object> ready, Class<?>... parts) {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    context.registerBean(DataSource.class, () -> source);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
    var transactions = new JdbcTransactionManager(source);
    context.registerBean(TransactionManager.class, () -> transactions);
    context.registerBean(TransactionTemplate.class, () -> new TransactionTemplate(transactions));
    context.registerBean(Clock.class, Ticking::new);
    ready.forEach(one -> context.getBeanFactory().registerSingleton(one.getClass().getName(), one));
    context.register(Transactions.class, Audit.class, Verdicts.class, ReviewQueue.class);
    if (parts.length > 0) {
      context.register(parts);
    }
    context.refresh();
  }

  /** Says what the test says. */
  private final class Ticking extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public Instant now() {
    return now;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A round that nothing has learned from. */
  public void round(int number, boolean closed) {
    execute(
        "INSERT INTO label_round (project, number, opened, opened_by, seed, plan, closed,"
            + " closed_by, closed_why) VALUES ('default', %d, '%s', 'ann', 1,"
                .formatted(number, now)
            + " '{\"budget\": 8, \"firing\": {}, \"why\": \"\"}', "
            + (closed ? "'" + now + "', 'ann', 'enough')" : "NULL, NULL, NULL)"));
  }

  /** An item of round 1 that is an episode of the stream camera. */
  public void item(String id, String assertion, int needed) {
    execute(
        """
        INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, needed)
        VALUES ('default', '%s', 1, '%s', 'camera', 'k', 'car', '2026-03-01', 'v', 'h', '2026-03-01T11:00:00Z',
          1, 'gain', 'why', 1, 0, 1, %d)\
        """
            .formatted(id, assertion, needed));
  }

  /** An episode, with the version of the model that made it. */
  public void episode(String id, String assertion, String stream, String version, Instant opened) {
    execute(
        """
        INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode,
          model_version, opened, lasts, began, ended, violations, worst, worst_day, worst_id)
        VALUES ('default', '%s', '%s', 'h', '%s', 'k', 's', 'l', 'WARNING', 'ACTIVE', '%s', '%5$s', '%5$s', '%5$s',
          '%5$s', 1, 1, '2026-03-01', 'v')\
        """
            .formatted(id, assertion, stream, version, opened));
  }

  /** Whatever is next for a reviewer, by id. */
  public Optional<String> take(String reviewer) {
    return bean(ReviewQueue.class).take("default", reviewer, "").map(ReviewItem::id);
  }

  public void say(String reviewer, String item, Finding finding, Optional<String> knownUntil) {
    bean(Verdicts.class)
        .give(
            "default",
            item,
            reviewer,
            new Verdicts.Said(
                finding, Optional.empty(), Optional.empty(), "", "", knownUntil, false));
  }

  public void say(String reviewer, String item, Finding finding) {
    say(reviewer, item, finding, Optional.empty());
  }

  /** The first column of what is asked for. */
  public List<String> column(String sql) {
    List<String> found = new ArrayList<>();
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return found;
  }

  public void execute(String sql) {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public TestPostgres.Database database() {
    return database;
  }

  @Override
  public void close() {
    context.close();
  }
}
