package io.assay.web.alerts;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertSighting;
import io.assay.assertion.alert.AlertState;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert as pages and programs see it.
 *
 * @param state {@code pending}, {@code firing}, {@code resolved}; {@code silenced} and {@code
 *     acknowledged} are firing, and beside that
 * @param since since when its condition is true, it fires, or it is over
 * @param kept since when it fires although its condition is not true any more
 * @param silencedBy numbers of the silences that are on
 */
public record AlertItem(
    String fingerprint,
    String state,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> routes,
    Instant since,
    @Nullable Instant kept,
    @Nullable String violation,
    @Nullable String acknowledgedBy,
    List<Long> silencedBy) {

  static AlertItem of(Alert alert, List<SilenceStore.Stored> silences, Instant now) {
    AlertState state = alert.state();
    Instant since =
        Objects.requireNonNullElse(
            switch (alert.phase()) {
              case PENDING -> state.activeAt();
              case FIRING -> state.firedAt();
              case RESOLVED, INACTIVE -> state.resolvedAt();
            },
            now);
    return new AlertItem(
        alert.fingerprint(),
        alert.phase().name().toLowerCase(Locale.ROOT),
        alert.labels(),
        alert.annotations(),
        alert.routes(),
        since,
        alert.state().keptSince(),
        alert.violation().orElse(null),
        alert.acknowledgedBy().orElse(null),
        silences.stream()
            .filter(one -> one.silence().silences(alert.labels(), now))
            .map(SilenceStore.Stored::id)
            .toList());
  }

  String assertion() {
    return labels.getOrDefault(AlertRule.NAME, "");
  }

  // What pages ask for beside the fields.

  public Moment sinceMoment() {
    return new Moment(since);
  }

  public String name() {
    return assertion();
  }

  public String level() {
    return labels.getOrDefault(AlertRule.LEVEL, "info").toUpperCase(Locale.ROOT);
  }

  public String condition() {
    return labels.getOrDefault(AlertRule.CONDITION, "");
  }

  public String summary() {
    return annotations.getOrDefault(AlertSighting.SUMMARY, "");
  }

  public String value() {
    return annotations.getOrDefault(AlertSighting.VALUE, "");
  }

  public String threshold() {
    return annotations.getOrDefault(AlertSighting.THRESHOLD, "");
  }

  public String example() {
    return annotations.getOrDefault(AlertSightings.EXAMPLE, "");
  }

  /** Labels that tell it from others of its rule. */
  public String own() {
    var own = new StringBuilder();
    labels.forEach(
        (name, text) -> {
          if (!List.of(
                  AlertRule.NAME,
                  AlertRule.PROJECT,
                  AlertRule.LEVEL,
                  AlertRule.STREAM,
                  AlertRule.CONDITION,
                  AlertRule.MODEL)
              .contains(name)) {
            own.append(own.isEmpty() ? "" : ", ").append(name).append(' ').append(text);
          }
        });
    return own.toString();
  }

  /** Which table of the page it stands in: {@code firing}, {@code acknowledged} and so on. */
  public String shelf() {
    if (!state.equals("firing")) {
      return state;
    }
    return !silencedBy.isEmpty() ? "silenced" : acknowledgedBy != null ? "acknowledged" : state;
  }
}
