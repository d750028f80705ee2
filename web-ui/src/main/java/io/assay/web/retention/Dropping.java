package io.assay.web.retention;

import io.assay.web.access.Audit;
import io.assay.web.storage.DatabaseSizes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes away what is older than it is to be kept.
 *
 * <p>A day's partition of violations goes whole, in no time, once no project keeps anything of it;
 * where projects differ, rows go by some thousand, each in a transaction of its own, so that nobody
 * waits.
 */
@Component
@SuppressWarnings("InlineFormatString") // A long query stands apart from what runs it.
class Dropping {
  private static final Logger LOG = LoggerFactory.getLogger(Dropping.class);
  private static final int AT_ONCE = 5_000;

  /** Of one turn; the rest goes the next time. */
  private static final int MOST_ROUNDS = 100;

  /** More are not counted for a page. */
  static final int MOST_COUNTED = 1_000_000;

  /** Whose rows a partition has, and whether they are to be kept; those of closed projects are. */
  private static final String OWNERS =
      """
      WITH RECURSIVE own (project) AS (
        (SELECT project FROM %1$s ORDER BY project LIMIT 1)
        UNION ALL
        SELECT (SELECT p.project FROM %1$s p WHERE p.project > own.project ORDER BY p.project LIMIT 1)
        FROM own WHERE own.project IS NOT NULL)
      SELECT own.project, closed.name IS NOT NULL OR r.days IS NULL AS keeps
      FROM own
      LEFT JOIN project closed ON closed.name = own.project AND closed.closed IS NOT NULL
      LEFT JOIN retention r ON r.project = own.project AND r.kind = 'violations' AND ?::date < ?::date - r.days
      WHERE own.project IS NOT NULL\
      """;

  private final JdbcClient jdbc;
  private final RetentionSettings settings;
  private final DatabaseSizes sizes;
  private final Audit audit;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Dropping(
      JdbcClient jdbc,
      RetentionSettings settings,
      DatabaseSizes sizes,
      Audit audit,
      TransactionTemplate transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.sizes = sizes;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The time before which something is over that is kept for so many days. */
  private OffsetDateTime before(int days) {
    Instant at = clock.instant().minus(Duration.ofDays(days));
    return at.atOffset(ZoneOffset.UTC);
  }

  /** Rows of each kind that would go now, were they kept for so many days; at most a million. */
  Map<Kind, Long> over(String project, Map<Kind, Integer> days) {
    Map<Kind, Long> found = new EnumMap<>(Kind.class);
    days.forEach((kind, kept) -> found.put(kind, over(project, kind, kept)));
    return found;
  }

  private long over(String project, Kind kind, int days) {
    long sum = 0;
    for (Kind.Rows rows : kind.rows()) {
      sum +=
          jdbc.sql(
                  "SELECT count(*) FROM (SELECT 1 FROM %s t WHERE %s LIMIT %d) counted"
                      .formatted(rows.table(), rows.where(), MOST_COUNTED))
              .params(project, before(days))
              .query(Long.class)
              .single();
    }
    return Math.min(sum, MOST_COUNTED);
  }

  /** Of one project, as far as one turn reaches. */
  void drop(String project) {
    settings
        .of(project)
        .forEach(
            (kind, decided) -> {
              long gone = 0;
              for (Kind.Rows rows : kind.rows()) {
                gone += drop(project, rows, decided.days());
              }
              if (kind == Kind.VIOLATIONS) {
                dropHours(project, decided.days());
              }
              if (gone > 0) {
                note(project, kind, gone + " rows older than " + decided.days() + " days");
              }
            });
  }

  /** What is kept of the hours of days whose violations have gone; few, and nobody counts them. */
  private void dropHours(String project, int days) {
    jdbc.sql(
            "DELETE FROM evidence_hour WHERE project = ? AND hour < date_trunc('day',"
                + " ?::timestamptz, 'UTC')")
        .params(project, before(days))
        .update();
  }

  private long drop(String project, Kind.Rows rows, int days) {
    long gone = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int some =
          jdbc.sql(
                  "DELETE FROM %1$s t WHERE (tableoid, ctid) IN (SELECT t.tableoid, t.ctid FROM %1$s t WHERE %2$s LIMIT %3$d)"
                      .formatted(rows.table(), rows.where(), AT_ONCE))
              .params(project, before(days))
              .update();
      gone += some;
      if (some < AT_ONCE) {
        break;
      }
    }
    return gone;
  }

  private void note(String project, Kind kind, String what) {
    transactions.executeWithoutResult(
        status -> audit.note(project, "system", "retention.dropped", kind.word(), what));
    LOG.info("retention: of {} {} went: {}", project, kind.word(), what);
  }

  /** Whole days that nobody keeps; one that is in use just now goes the next time. */
  void dropDays() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (DatabaseSizes.Day day : sizes.allDays()) {
      if (day.day().isBefore(today)) {
        try {
          transactions.executeWithoutResult(status -> dropDay(day, today));
        } catch (DataAccessException busy) {
          LOG.info("the partition of {} is dropped later: {}", day.day(), busy.toString());
        }
      }
    }
  }

  private void dropDay(DatabaseSizes.Day day, LocalDate today) {
    String suffix = day.day().toString().replace('-', '_');
    String partition = "violation_" + suffix;
    boolean someoneDecided =
        jdbc.sql(
                "SELECT EXISTS (SELECT 1 FROM retention WHERE kind = 'violations' AND ?::date <"
                    + " ?::date - days)")
            .params(day.day(), today)
            .query(Boolean.class)
            .single();
    if (!someoneDecided || owners(partition, day.day(), today).stream().anyMatch(Owner::keeps)) {
      return;
    }
    // Readers and the sink must not wait for us: whoever is in the way goes first.
    jdbc.sql("SET LOCAL lock_timeout = '500ms'").update();
    jdbc.sql("LOCK TABLE ONLY violation, ONLY " + partition + " IN ACCESS EXCLUSIVE MODE").update();
    // Once more, now that nobody writes: a sink may just have stored what its project keeps.
    List<Owner> owners = owners(partition, day.day(), today);
    if (owners.stream().anyMatch(Owner::keeps)) {
      return;
    }
    jdbc.sql("DROP TABLE " + partition).update();
    // Whoever has some that are only counted has the first of that hour, too: nobody keeps them.
    jdbc.sql("DROP TABLE IF EXISTS violation_counted_" + suffix).update();
    LOG.info("retention: the partition {} went, {} bytes", partition, day.bytes());
    owners.forEach(
        owner ->
            audit.note(
                owner.project(),
                "system",
                "retention.dropped",
                Kind.VIOLATIONS.word(),
                "all of " + day.day()));
  }

  private record Owner(String project, boolean keeps) {}

  private List<Owner> owners(String partition, LocalDate day, LocalDate today) {
    return jdbc.sql(OWNERS.formatted(partition))
        .params(day, today)
        .query((row, number) -> new Owner(row.getString("project"), row.getBoolean("keeps")))
        .list();
  }
}
