package io.assay.web.alerts;

import static io.assay.web.system.CsvText.text;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Alerts and their history for spreadsheets. */
final class AlertsCsv {
  static final List<String> HEAD =
      List.of(
          "state",
          "assertion",
          "level",
          "condition",
          "since",
          "value",
          "allowed",
          "summary",
          "example",
          "labels",
          "told_to",
          "acknowledged_by",
          "silenced_by",
          "violation",
          "alert");

  static final List<String> HISTORY =
      List.of("at", "assertion", "level", "condition", "from", "to", "summary", "alert", "number");

  static final List<String> SILENCES =
      List.of(
          "created", "matchers", "starts", "ends", "state", "by", "comment", "ended_by", "number");

  private AlertsCsv() {}

  static List<String> cells(SilenceStore.Stored one, Instant now) {
    AlertApi.SilenceItem item = AlertApi.SilenceItem.of(one, now);
    return List.of(
        one.created().toString(),
        text(String.join(", ", item.matchers())),
        item.starts().toString(),
        item.ends().toString(),
        item.state(),
        text(item.author()),
        text(item.comment()),
        text(one.endedBy().orElse("")),
        item.id());
  }

  static List<String> cells(AlertItem item) {
    return List.of(
        item.shelf(),
        text(item.assertion()),
        item.level().toLowerCase(Locale.ROOT),
        text(item.condition()),
        item.since().toString(),
        text(item.value()),
        text(item.threshold()),
        text(item.summary()),
        text(item.example()),
        text(
            item.labels().entrySet().stream()
                .map(one -> one.getKey() + '=' + one.getValue())
                .collect(Collectors.joining("; "))),
        text(String.join("; ", item.routes())),
        text(Objects.requireNonNullElse(item.acknowledgedBy(), "")),
        item.silencedBy().stream().map(String::valueOf).collect(Collectors.joining("; ")),
        text(Objects.requireNonNullElse(item.violation(), "")),
        item.fingerprint());
  }

  static List<String> cells(AlertQueries.Change change) {
    return List.of(
        change.at().toString(),
        text(change.assertion()),
        change.level().toLowerCase(Locale.ROOT),
        text(change.condition()),
        change.from().toLowerCase(Locale.ROOT),
        change.to().toLowerCase(Locale.ROOT),
        text(change.summary()),
        change.fingerprint(),
        Long.toString(change.id()));
  }
}
