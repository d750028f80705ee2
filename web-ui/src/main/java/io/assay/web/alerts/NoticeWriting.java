package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertGroup;
import io.assay.assertion.alert.AlertNotice;
import io.assay.assertion.rule.ir.Route;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is to be told, and to whom; others send it once this is committed. */
@Component
class NoticeWriting {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  NoticeWriting(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void write(String project, List<AlertNotice> notices) {
    for (AlertNotice told : notices) {
      Notice notice = notice(project, told);
      long id =
          jdbc.sql(
                  "INSERT INTO alert_notice (project, route, group_key, status, reason, body,"
                      + " created) VALUES (?, ?, ?, ?, ?, ?::json, ?) RETURNING id")
              .params(
                  project,
                  notice.route(),
                  notice.groupKey(),
                  notice.status().name(),
                  notice.reason().name(),
                  JSON.writeValueAsString(notice),
                  notice.at().atOffset(ZoneOffset.UTC))
              .query(Long.class)
              .single();
      List<Route.Target> targets = told.route().targets();
      for (int i = 0; i < targets.size(); i++) {
        jdbc.sql(
                "INSERT INTO alert_delivery (notice, target, project, receiver, address, next)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")
            .params(
                id,
                i,
                project,
                targets.get(i).receiver().name(),
                targets.get(i).address(),
                notice.at().atOffset(ZoneOffset.UTC))
            .update();
      }
    }
  }

  static Notice notice(String project, AlertNotice told) {
    List<Alert> all = new ArrayList<>(told.firing());
    all.addAll(told.over());
    List<NoticeAlert> shown =
        all.stream()
            .limit(Notice.MOST_ALERTS)
            .map(alert -> alert(project, alert, told.at()))
            .toList();
    return new Notice(
        project,
        told.route().name(),
        told.group().key(),
        told.group().labels(),
        told.reason() == AlertGroup.Reason.RESOLVED ? Notice.Status.RESOLVED : Notice.Status.FIRING,
        switch (told.reason()) {
          case NEW -> Notice.Reason.NEW;
          case CHANGED -> Notice.Reason.CHANGED;
          case REPEATED -> Notice.Reason.REPEATED;
          case RESOLVED -> Notice.Reason.RESOLVED;
        },
        shown,
        all.size() - shown.size(),
        told.at());
  }

  private static NoticeAlert alert(String project, Alert alert, Instant at) {
    @Nullable Instant fired = alert.startsAt();
    @Nullable Instant resolved = alert.state().resolvedAt();
    return new NoticeAlert(
        alert.fingerprint(),
        alert.labels(),
        alert.annotations(),
        fired == null ? at : fired,
        alert.isFiring() ? null : resolved == null ? at : resolved,
        "/p/%s/alerts/%s".formatted(project, alert.fingerprint()),
        alert.violation().map(path -> path.substring(path.indexOf('/') + 1)).orElse(null),
        alert.acknowledgedBy().orElse(null));
  }
}
