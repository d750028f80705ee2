package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertGroup;
import io.assay.assertion.alert.AlertNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what is to be told, and to whom; others send it once this is committed. */
@Component
class NoticeWriting {
  private final NoticeRows rows;

  NoticeWriting(NoticeRows rows) {
    this.rows = rows;
  }

  void write(String project, List<AlertNotice> notices) {
    for (AlertNotice told : notices) {
      long unused = rows.add(notice(project, told), told.route().targets());
    }
  }

  static Notice notice(String project, AlertNotice told) {
    List<NoticeAlert> all = new ArrayList<>();
    told.firing().forEach(alert -> all.add(alert(project, alert, null, told.at())));
    told.over().forEach(alert -> all.add(alert(project, alert, over(alert, told.at()), told.at())));
    List<NoticeAlert> shown = all.stream().limit(Notice.MOST_ALERTS).toList();
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

  /** What fires on, and is told elsewhere by now, is over for this route. */
  private static Instant over(Alert alert, Instant at) {
    @Nullable Instant resolved = alert.state().resolvedAt();
    return resolved == null ? at : resolved;
  }

  private static NoticeAlert alert(
      String project, Alert alert, @Nullable Instant over, Instant at) {
    @Nullable Instant fired = alert.startsAt();
    return new NoticeAlert(
        alert.fingerprint(),
        alert.labels(),
        alert.annotations(),
        fired == null ? at : fired,
        over,
        "/p/%s/alerts/%s".formatted(project, alert.fingerprint()),
        alert.violation().map(path -> path.substring(path.indexOf('/') + 1)).orElse(null),
        alert.acknowledgedBy().orElse(null));
  }
}
