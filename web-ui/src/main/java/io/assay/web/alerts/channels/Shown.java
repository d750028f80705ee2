package io.assay.web.alerts.channels;

import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import io.assay.web.violations.PrivateText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A notice as it is told: with links that lead here from outside, and with what is private masked,
 * since nobody knows who reads it.
 *
 * @param base of links; empty: there are none
 * @param picture a link to a drawing of the violation of the first alert that has one
 */
record Shown(Notice notice, String base, Optional<String> picture) {

  /** {@code picture}: the path of a link, where there is a picture. */
  static Shown of(Notice given, String base, Optional<String> picture) {
    return new Shown(
        new Notice(
            given.project(),
            given.route(),
            given.groupKey(),
            masked(given.groupLabels()),
            given.status(),
            given.reason(),
            given.alerts().stream().map(Shown::masked).toList(),
            given.leftOut(),
            given.at()),
        base,
        base.isEmpty() ? Optional.empty() : picture.map(path -> base + path));
  }

  private static NoticeAlert masked(NoticeAlert alert) {
    return new NoticeAlert(
        alert.fingerprint(),
        masked(alert.labels()),
        masked(alert.annotations()),
        alert.startsAt(),
        alert.endsAt(),
        alert.link(),
        alert.violation(),
        alert.acknowledgedBy());
  }

  private static SortedMap<String, String> masked(Map<String, String> texts) {
    var out = new TreeMap<String, String>();
    texts.forEach((name, text) -> out.put(name, PrivateText.shown(text, false)));
    return out;
  }

  /** To an alert's page; empty where nobody said how to reach this web interface. */
  String link(NoticeAlert alert) {
    return base.isEmpty() || alert.link().isEmpty() ? "" : base + alert.link();
  }

  /** The alert that the picture is of. */
  Optional<NoticeAlert> pictured() {
    return notice.alerts().stream().filter(alert -> alert.violation() != null).findFirst();
  }

  /** The link to the picture, of the alert that it is of. */
  Optional<String> pictureOf(NoticeAlert alert) {
    return picture.filter(any -> pictured().equals(Optional.of(alert)));
  }

  boolean firing() {
    return notice.status() == Notice.Status.FIRING;
  }

  boolean test() {
    return notice.reason() == Notice.Reason.TEST;
  }

  /** What it is about, in a line: {@code Firing: flicker (2) in default}. */
  String headline() {
    String state = test() ? "Test" : firing() ? "Firing" : "Resolved";
    long alerts =
        (firing()
                ? notice.alerts().stream().filter(NoticeAlert::firing).count()
                : notice.alerts().size())
            + notice.leftOut();
    String names =
        String.join(
            ", ",
            notice.alerts().stream()
                .filter(alert -> !firing() || alert.firing())
                .map(Shown::name)
                .distinct()
                .limit(3)
                .toList());
    return "%s: %s%s in %s"
        .formatted(
            state,
            names.isEmpty() ? "alerts" : names,
            alerts > 1 ? " (%d)".formatted(alerts) : "",
            notice.project());
  }

  static String name(NoticeAlert alert) {
    return alert.labels().getOrDefault("alertname", "alert");
  }

  /** Why: a sentence for people. */
  static String sentence(NoticeAlert alert) {
    return alert.annotations().getOrDefault("summary", name(alert));
  }

  /** The figure beside its limit, where the alert has them: {@code 4.2 % of events, limit 2 %}. */
  static String figure(NoticeAlert alert) {
    String value = alert.annotations().getOrDefault("value", "");
    String threshold = alert.annotations().getOrDefault("threshold", "");
    return value.isEmpty() || threshold.isEmpty() ? value : value + ", limit " + threshold;
  }

  /**
   * What is said of each, after the sentence: its figure, where that does not say it, its level,
   * who sees to it, and what the newest violation says.
   */
  static String details(NoticeAlert alert) {
    var words = new ArrayList<String>();
    String value = alert.annotations().getOrDefault("value", "");
    words.add(sentence(alert).contains(value) ? "" : figure(alert));
    words.add(alert.labels().getOrDefault("level", ""));
    Instant over = alert.endsAt();
    words.add(
        over == null
            ? "since " + alert.startsAt().truncatedTo(ChronoUnit.SECONDS)
            : "over since " + over.truncatedTo(ChronoUnit.SECONDS));
    String by = alert.acknowledgedBy();
    words.add(by == null ? "" : "seen to by " + by);
    String example = alert.annotations().getOrDefault("example", "");
    words.add(example.isEmpty() ? "" : "such as: " + example);
    words.removeIf(String::isEmpty);
    return String.join(" · ", words);
  }
}
