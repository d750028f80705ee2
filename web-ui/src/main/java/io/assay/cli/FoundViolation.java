package io.assay.cli;

import io.assay.assertion.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** A violation without its evidence: a backtest may have a million of them. */
record FoundViolation(
    String id,
    String expectation,
    String key,
    long from,
    long to,
    long at,
    String subject,
    double severity,
    String sentence) {

  static FoundViolation of(Violation v) {
    // whoever has the file may read its private fields: the marks around them go
    String sentence = v.sentence().replace("\u2063", "");
    return new FoundViolation(
        v.id(),
        v.expectation(),
        v.key(),
        v.from(),
        v.to(),
        v.at(),
        v.subject(),
        v.severity(),
        sentence);
  }

  /** One line for people. */
  String told() {
    return "%s  %s  %s  severity %s"
        .formatted(Instant.ofEpochSecond(0, at), key, sentence, severity(severity));
  }

  static String severity(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** Into an object that is open. */
  void write(JsonGenerator json) {
    json.writeStringProperty("id", id);
    if (!expectation.isEmpty()) {
      json.writeStringProperty("expect", expectation);
    }
    json.writeStringProperty("key", key);
    json.writeName("from");
    json.writeNumber(millis(from));
    json.writeName("to");
    json.writeNumber(millis(to));
    json.writeStringProperty("subject", subject);
    json.writeNumberProperty("severity", severity);
    json.writeStringProperty("sentence", sentence);
  }

  /** Whole milliseconds as a whole number; finer times keep their digits. */
  static BigDecimal millis(long nanos) {
    BigDecimal millis = BigDecimal.valueOf(nanos, 6).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0) : millis;
  }
}
