package io.assay.web.alerts;

import io.assay.assertion.alert.AlertBoard;
import io.assay.assertion.alert.AlertPolicy;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertRules;
import io.assay.assertion.alert.AlertSighting;
import io.assay.assertion.alert.Silence;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at a project once: reads what was counted and what was known, steps, and writes states,
 * history, notices and their deliveries, all in one transaction. Nobody takes the lease over before
 * its end.
 */
@Component
class AlertWatch {
  private final JdbcClient jdbc;
  private final AlertLease lease;
  private final AlertSightings sightings;
  private final AlertStore store;
  private final SilenceStore silences;
  private final NoticeWriting notices;
  private final AlertSettings settings;
  private final TransactionTemplate transactions;
  private final Clock clock;

  AlertWatch(
      JdbcClient jdbc,
      AlertLease lease,
      AlertSightings sightings,
      AlertStore store,
      SilenceStore silences,
      NoticeWriting notices,
      AlertSettings settings,
      TransactionTemplate transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.lease = lease;
    this.sightings = sightings;
    this.store = store;
    this.silences = silences;
    this.notices = notices;
    this.settings = settings;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** That another instance looks by now. */
  static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced() {
      super("another instance looks at alerts by now", null, false, false);
    }
  }

  /**
   * Looks once.
   *
   * @param stopped why assertions are not judged, by their names
   * @param token of the lease
   * @throws Fenced where another has taken it over; nothing is written then
   */
  AlertBoard.Look look(
      String project, CheckedRules rules, Map<String, String> stopped, long token) {
    AlertBoard.Look look =
        transactions.execute(
            status -> {
              // What hangs must not hold the lease for ever.
              jdbc.sql("SET LOCAL statement_timeout = '30s'").update();
              jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = '30s'").update();
              return look(
                  project, rules, stopped, clock.instant().truncatedTo(ChronoUnit.MICROS), token);
            });
    return Objects.requireNonNull(look);
  }

  private AlertBoard.Look look(
      String project, CheckedRules rules, Map<String, String> stopped, Instant now, long token) {
    // First, and until the end: were it checked last, looks that take longer than the lease lasts
    // would fence each other for ever.
    if (!lease.isHeld(token)) {
      throw new Fenced();
    }
    List<AlertRule> reasons = AlertRules.of(rules);
    AlertBoard before = store.board(project);
    List<AlertSighting> seen = sightings.now(project, reasons, stopped, now);
    List<Silence> on =
        silences.current(project, now).stream().map(SilenceStore.Stored::silence).toList();
    AlertPolicy policy =
        AlertPolicy.of(
            reasons, rules.declared().routes(), on, settings.timing(), settings.longestGap());
    AlertBoard.Look look = before.look(seen, policy, now);
    store.put(project, before, look, on, now);
    store.looked(project, now);
    notices.write(project, look.notices());
    return look;
  }
}
