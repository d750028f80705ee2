package io.assay.web.alerts.channels;

import io.assay.assertion.rule.ir.Route;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Notices by which a person sees whether a route's targets are reached. */
@Component
class TestNotices {
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  TestNotices(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /** Writes one to all targets of a route; returns its number. They are sent as all others are. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long write(String project, Route route, String by) {
    Notice notice = notice(project, route, by, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    long id =
        jdbc.sql(
                "INSERT INTO alert_notice (project, route, group_key, status, reason, body,"
                    + " created) VALUES (?, ?, ?, ?, ?, ?::json, ?) RETURNING id")
            .params(
                project,
                route.name(),
                notice.groupKey(),
                notice.status().name(),
                notice.reason().name(),
                json.writeValueAsString(notice),
                notice.at().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    for (int target = 0; target < route.targets().size(); target++) {
      Route.Target to = route.targets().get(target);
      int unused =
          jdbc.sql(
                  "INSERT INTO alert_delivery (notice, target, project, receiver, address, next)"
                      + " VALUES (?, ?, ?, ?, ?, ?)")
              .params(
                  id,
                  target,
                  project,
                  to.receiver().name(),
                  to.address(),
                  notice.at().atOffset(ZoneOffset.UTC))
              .update();
    }
    return id;
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
