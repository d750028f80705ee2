package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.system.Moment;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A violation without its evidence.
 *
 * @param sentence with marks around what is private
 * @param origin {@code live}, or {@code repair} where an event that was put aside was judged later
 * @param trace 32 hexadecimal digits; empty where it is of none
 */
record ViolationRow(
    LocalDate day,
    String id,
    String assertion,
    String expectation,
    String stream,
    String key,
    String subject,
    String label,
    Moment from,
    Moment to,
    Moment at,
    double severity,
    Level level,
    Mode mode,
    String sentence,
    String modelVersion,
    String origin,
    String trace) {

  ViolationRow masked(boolean clear) {
    return new ViolationRow(
        day,
        id,
        assertion,
        expectation,
        stream,
        key,
        PrivateText.shown(subject, clear),
        PrivateText.shown(label, clear),
        from,
        to,
        at,
        severity,
        level,
        mode,
        PrivateText.shown(sentence, clear),
        modelVersion,
        origin,
        trace);
  }

  /** Whether an event that was put aside was judged later. */
  public boolean isRepaired() {
    return origin.equals("repair");
  }

  Cursor cursor() {
    return new Cursor(at.instant(), id);
  }

  /** Three digits are enough to compare by. */
  public String shownSeverity() {
    return String.format(Locale.ROOT, severity >= 100 ? "%.0f" : "%.2f", severity);
  }
}
