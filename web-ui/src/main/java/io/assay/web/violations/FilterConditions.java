package io.assay.web.violations;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** What a filter asks, as conditions of the tables that have it. */
final class FilterConditions {
  private FilterConditions() {}

  /** Of violations, what no index by time or key has. */
  static Conditions looked(ViolationFilter filter, KeySight sight) {
    var where = new Conditions();
    filter.stream().ifPresent(value -> where.add("stream = ?", value));
    filter.level().ifPresent(value -> where.add("level = ?", value.name()));
    filter.severity().ifPresent(value -> where.add("severity >= ?", value));
    // Nobody finds by search what is masked for them.
    if (filter.key().isPresent() && !sight.clear()) {
      where.add("stream = any (?)", (Object) sight.open().toArray(String[]::new));
    }
    String sentence =
        sight.clear()
            ? "replace(sentence, U&'\\2063', '')"
            : "regexp_replace(sentence, U&'\\2063[^\\2063]*\\2063', '', 'g')";
    filter
        .text()
        .ifPresent(value -> where.add("position(lower(?) in lower(" + sentence + ")) > 0", value));
    return where;
  }

  /** Of the roll-up: hours in which something may be that fits. */
  static Conditions hours(String project, ViolationFilter filter) {
    var where = new Conditions().add("project = ?", project);
    filter.assertion().ifPresent(value -> where.add("assertion = ?", value));
    filter.stream().ifPresent(value -> where.add("stream = ?", value));
    filter.level().ifPresent(value -> where.add("level = ?", value.name()));
    filter.severity().ifPresent(value -> where.add("highest >= ?", value));
    filter
        .from()
        .ifPresent(value -> where.add("hour >= ?", time(value.truncatedTo(ChronoUnit.HOURS))));
    filter.to().ifPresent(value -> where.add("hour < ?", time(value)));
    return where;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
