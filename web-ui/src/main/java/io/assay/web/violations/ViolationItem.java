package io.assay.web.violations;

import java.time.Instant;
import java.util.Locale;

/** A violation as the API tells it. */
record ViolationItem(
    String day,
    String id,
    String assertion,
    String expectation,
    String stream,
    String key,
    String subject,
    String label,
    Instant from,
    Instant to,
    Instant at,
    double severity,
    String level,
    String mode,
    String sentence,
    String modelVersion,
    String origin,
    String trace) {

  static ViolationItem of(ViolationRow row) {
    return new ViolationItem(
        row.day().toString(),
        row.id(),
        row.assertion(),
        row.expectation(),
        row.stream(),
        row.key(),
        row.subject(),
        row.label(),
        row.from().instant(),
        row.to().instant(),
        row.at().instant(),
        row.severity(),
        row.level().name().toLowerCase(Locale.ROOT),
        row.mode().name().toLowerCase(Locale.ROOT),
        row.sentence(),
        row.modelVersion(),
        row.origin(),
        row.trace());
  }
}
