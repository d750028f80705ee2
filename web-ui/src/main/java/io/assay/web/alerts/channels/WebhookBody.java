package io.assay.web.alerts.channels;

import io.assay.web.alerts.NoticeAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a webhook is sent: the shape of Alertmanager's own, version 4, so that whoever receives from
 * Alertmanager receives from here.
 *
 * @param receiver the route
 * @param truncatedAlerts how many more the group has
 */
record WebhookBody(
    String version,
    String groupKey,
    int truncatedAlerts,
    String status,
    String receiver,
    SortedMap<String, String> groupLabels,
    SortedMap<String, String> commonLabels,
    SortedMap<String, String> commonAnnotations,
    String externalURL,
    List<Alert> alerts) {
  private static final String VERSION = "4";

  /** As Alertmanager has it: the moment that Go calls zero, for an alert that still fires. */
  private static final Instant NOT_YET = Instant.parse("0001-01-01T00:00:00Z");

  /** One alert. */
  record Alert(
      String status,
      SortedMap<String, String> labels,
      SortedMap<String, String> annotations,
      Instant startsAt,
      Instant endsAt,
      String generatorURL,
      String fingerprint) {}

  static WebhookBody of(Shown shown) {
    List<Alert> alerts =
        shown.notice().alerts().stream().map(alert -> WebhookBody.alert(shown, alert)).toList();
    return new WebhookBody(
        VERSION,
        shown.notice().groupKey(),
        shown.notice().leftOut(),
        word(shown.firing()),
        shown.notice().route(),
        shown.notice().groupLabels(),
        shown.notice().commonLabels(),
        common(alerts),
        shown.base(),
        alerts);
  }

  private static Alert alert(Shown shown, NoticeAlert alert) {
    Instant over = alert.endsAt();
    var annotations = new TreeMap<>(alert.annotations());
    shown.pictureOf(alert).ifPresent(to -> annotations.put("picture", to));
    return new Alert(
        word(alert.firing()),
        alert.labels(),
        annotations,
        alert.startsAt(),
        over == null ? NOT_YET : over,
        shown.link(alert),
        alert.fingerprint());
  }

  /** Of what is sent, the picture too. */
  private static SortedMap<String, String> common(List<Alert> alerts) {
    var out = new TreeMap<String, String>();
    if (!alerts.isEmpty()) {
      out.putAll(alerts.getFirst().annotations());
      for (Alert one : alerts) {
        Map<String, String> annotations = one.annotations();
        out.entrySet().retainAll(annotations.entrySet());
      }
    }
    return out;
  }

  private static String word(boolean firing) {
    return firing ? "firing" : "resolved";
  }
}
