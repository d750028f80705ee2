package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import io.assay.web.alerts.NoticeRows;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Notices by which a person sees whether a route's targets are reached. */
@Component
class TestNotices {
  private final NoticeRows rows;
  private final Clock clock;

  TestNotices(NoticeRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Writes one to all targets of a route; returns its number. They are sent as all others are. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long write(String project, Route route, String by) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return rows.add(notice(project, route, by, now), route.targets());
  }

  /** Of a group of its own: it waits for nothing, and nothing waits for it. */
  static Notice notice(String project, Route route, String by, Instant now) {
    String key = "test/" + UUID.randomUUID();
    var labels =
        Map.of(
            "alertname", "TestAlert", "project", project, "level", "info", "route", route.name());
    var alert =
        new NoticeAlert(
            key,
            new TreeMap<>(labels),
            new TreeMap<>(
                Map.of(
                    "summary",
                    "%s tries whether alerts of route '%s' arrive; nothing is wrong"
                        .formatted(by, route.name()))),
            now,
            null,
            "/p/" + project + "/alerts/deliveries",
            null,
            null);
    return new Notice(
        project,
        route.name(),
        key,
        new TreeMap<>(Map.of("alertname", "TestAlert")),
        Notice.Status.FIRING,
        Notice.Reason.TEST,
        List.of(alert),
        0,
        now);
  }
}
