package io.assay.web.alerts.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assay.web.alerts.NoticeAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Alertmanager is sent: {@code POST /api/v2/alerts}. As Prometheus does, alerts that fire are
 * sent again every {@code resend} and said to end {@link #VALID} times that later: they live on
 * while they are sent, and end by themselves when nobody sends them any more.
 */
final class AlertmanagerPush {
  /** Of Prometheus: a few that do not arrive are no reason to call an alert resolved. */
  static final int VALID = 4;

  private AlertmanagerPush() {}

  /**
   * One alert.
   *
   * @param generatorURL left out where there is none: it must be an address
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pushed(
      SortedMap<String, String> labels,
      SortedMap<String, String> annotations,
      Instant startsAt,
      Instant endsAt,
      @Nullable String generatorURL) {}

  static List<Pushed> of(Shown shown, Instant now, Duration resend) {
    Instant end = now.plus(resend.multipliedBy(VALID));
    return shown.notice().alerts().stream().map(alert -> pushed(shown, alert, end)).toList();
  }

  private static Pushed pushed(Shown shown, NoticeAlert alert, Instant end) {
    Instant over = alert.endsAt();
    String link = shown.link(alert);
    var annotations = new TreeMap<>(alert.annotations());
    shown.pictureOf(alert).ifPresent(to -> annotations.put("picture", to));
    return new Pushed(
        names(alert.labels()),
        names(annotations),
        alert.startsAt(),
        over == null ? end : over,
        link.isEmpty() ? null : link);
  }

  /**
   * With names that every Alertmanager takes: a letter or {@code _}, then also digits. Two names
   * that become the same are told apart by more underscores; empty values are the same as none.
   */
  static SortedMap<String, String> names(Map<String, String> given) {
    var out = new TreeMap<String, String>();
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                String valid = name.replaceAll("[^a-zA-Z0-9_]", "_");
                valid = valid.isEmpty() || Character.isDigit(valid.charAt(0)) ? "_" + valid : valid;
                while (out.containsKey(valid)) {
                  valid += "_";
                }
                out.put(valid, value);
              }
            });
    return out;
  }
}
