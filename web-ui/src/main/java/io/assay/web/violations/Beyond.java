package io.assay.web.violations;

import java.util.regex.Pattern;

/** Where there is more to see of a violation that has no frames to look at. */
enum Beyond {
  /** The two releases that were held against each other. */
  RELEASE,
  /** What windows came to, of predictions whose truth is known. */
  TRUTH,
  /** What windows came to. */
  DISTRIBUTIONS,
  NOWHERE;

  private static final Pattern AWAITED = Pattern.compile("\\btruth\\b");

  static Beyond of(ViolationRow row, Evidence evidence) {
    if (!row.key().isEmpty()) {
      return row.subject().startsWith(row.key() + " against ") ? RELEASE : NOWHERE;
    }
    boolean awaits =
        evidence.values().stream().anyMatch(one -> AWAITED.matcher(one.expression()).find());
    return awaits ? TRUTH : DISTRIBUTIONS;
  }
}
