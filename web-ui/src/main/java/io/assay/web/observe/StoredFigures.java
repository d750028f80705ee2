package io.assay.web.observe;

import static io.assay.stream.metrics.Family.gauge;

import io.assay.stream.metrics.Family;
import io.assay.stream.metrics.Reading;
import io.assay.stream.metrics.Scraped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the database has of reviews, rounds and what is delivered, by state.
 *
 * <p>Asked when it is scraped, and again only after a while, however many ask. All instances tell
 * the same.
 */
final class StoredFigures implements Scraped {
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Each asks for the values of its family's labels and a number. */
  private static final Map<Family, String> QUERIES = queries();

  private final JdbcTemplate database;
  private @Nullable Future<List<Row>> asked;
  private long askedNanos;

  private record Row(Family family, long value, List<String> labels) {}

  StoredFigures(DataSource database) {
    this.database = new JdbcTemplate(database);
    this.database.setQueryTimeout((int) ASKED_AGAIN_AFTER.toSeconds());
  }

  private static Map<Family, String> queries() {
    Map<Family, String> all = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    all.put(
        gauge(
            "assay_review_items",
            "Items to be reviewed, by state: open, agreed, disputed, settled",
            "project",
            "state"),
        "SELECT project, status, count(*) FROM label_item GROUP BY project, status");
    all.put(
        gauge(
            "assay_review_verdicts",
            "Verdicts of people that stand, by finding: error, no_error, unclear",
            "project",
            "finding"),
        "SELECT project, finding, count(*) FROM label_verdict WHERE undone IS NULL GROUP BY 1, 2");
    all.put(
        gauge(
            "assay_rounds",
            "Rounds of labelling, by state: open, closed, trained (a version has learned of it)",
            "project",
            "state"),
        """
        SELECT project, CASE WHEN closed IS NULL THEN 'open' WHEN trained IS NULL THEN 'closed' ELSE 'trained' END,
          count(*)
        FROM label_round GROUP BY 1, 2\
        """);
    all.put(
        gauge(
            "assay_webhook_deliveries",
            "Rounds that are told to a webhook, by state: pending, delivered, dead",
            "project",
            "state"),
        "SELECT project, status, count(*) FROM webhook_delivery GROUP BY project, status");
    all.put(
        gauge(
            "assay_alerts",
            "Alerts that are of some concern now, by state: pending, firing, resolved",
            "project",
            "state"),
        """
        SELECT p.name, s.phase, count(a.phase)
        FROM project p CROSS JOIN (VALUES ('PENDING'), ('FIRING'), ('RESOLVED')) AS s (phase)
        LEFT JOIN alert a ON a.project = p.name AND a.phase = s.phase
        GROUP BY 1, 2\
        """);
    all.put(
        gauge(
                "assay_alerts_looked_timestamp_seconds",
                "When the alerts of a project were looked at last, since the epoch",
                "project")
            .in("seconds"),
        "SELECT project, floor(extract(epoch FROM at))::bigint FROM alert_look");
    all.put(
        gauge(
            "assay_alert_notices",
            "What was told of groups of alerts, by reason: new, changed, repeated, resolved, test",
            "project",
            "reason"),
        "SELECT project, reason, count(*) FROM alert_notice GROUP BY project, reason");
    all.put(
        gauge(
            "assay_alert_deliveries",
            "Notices to one receiver each, by state: pending, delivered, dead",
            "project",
            "receiver",
            "state"),
        "SELECT project, receiver, status, count(*) FROM alert_delivery GROUP BY 1, 2, 3");
    return all;
  }

  @Override
  public List<Family> families() {
    return List.copyOf(QUERIES.keySet());
  }

  @Override
  public void read(Reading to) {
    for (Row row : rows()) {
      to.add(row.family(), row.value(), row.labels().toArray(String[]::new));
    }
  }

  /** Nothing of these while the database does not answer: all other figures are told in time. */
  private List<Row> rows() {
    try {
      return asked().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException away) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Whoever comes while it is being asked gets the same answer. */
  private synchronized Future<List<Row>> asked() {
    long now = System.nanoTime();
    if (asked == null || (asked.isDone() && now - askedNanos > ASKED_AGAIN_AFTER.toNanos())) {
      var next = new FutureTask<List<Row>>(this::ask);
      Thread.ofVirtual().name("assay-figures").start(next);
      asked = next;
      askedNanos = now;
    }
    return asked;
  }

  private List<Row> ask() {
    List<Row> found = new ArrayList<>();
    QUERIES.forEach((family, query) -> ask(family, query, found));
    return List.copyOf(found);
  }

  private void ask(Family family, String query, List<Row> to) {
    int labels = family.labels().size();
    database.query(
        query,
        row -> {
          String[] values = new String[labels];
          for (int i = 0; i < labels; i++) {
            values[i] = row.getString(i + 1).toLowerCase(Locale.ROOT);
          }
          to.add(new Row(family, row.getLong(labels + 1), List.of(values)));
        });
  }
}
