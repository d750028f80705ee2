package io.assay.web.alerts.channels;

import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notices as examples. */
final class Notices {
  static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

  private Notices() {}

  static NoticeAlert alert(String name, @Nullable Instant end, @Nullable String violation) {
    return new NoticeAlert(
        "f1a2" + name,
        new TreeMap<>(
            Map.of(
                "alertname", name, "project", "default", "level", "critical", "stream", "camera")),
        new TreeMap<>(
            Map.of(
                "summary",
                "Track \u2063t-secret\u2063 of <v1> & others was gone for 200 ms",
                "value",
                "4.2 % of 1,200 identities",
                "threshold",
                "2 %")),
        START,
        end,
        "/p/default/alerts/f1a2",
        violation,
        null);
  }

  static Notice firing(NoticeAlert... alerts) {
    return of("group", Notice.Status.FIRING, Notice.Reason.NEW, alerts);
  }

  static Notice of(
      String group, Notice.Status status, Notice.Reason reason, NoticeAlert... alerts) {
    return new Notice(
        "default",
        "perception",
        group,
        new TreeMap<>(Map.of("alertname", "flicker")),
        status,
        reason,
        List.of(alerts),
        3,
        NOW);
  }
}
