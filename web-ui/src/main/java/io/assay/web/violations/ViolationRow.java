package io.assay.web.violations;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.system.Moment;
import io.assay.web.system.TimePlace;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** An identity and the start of its life, as the engine joins them. */
  private static final Pattern LIFE =
      Pattern.compile("(.*)@(\\d{16,19})(?:\\.\\d+)?", Pattern.DOTALL);

  /** As somebody sees it who sees these keys. */
  ViolationRow masked(KeySight sight) {
    boolean clear = sight.clear();
    return new ViolationRow(
        day,
        id,
        assertion,
        expectation,
        stream,
        sight.shown(stream, key),
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

  /** Whether whoever looks may not see its key. */
  public boolean isKeyHidden() {
    return key.equals(PrivateText.MASK);
  }

  /** Whose it is: its key, or of what is judged over all keys the segment; empty of neither. */
  public String whose() {
    return key.isEmpty() ? label : key;
  }

  /** The name of what it is of, where that began when the subject's text says so. */
  public String subjectName() {
    Matcher life = LIFE.matcher(subject);
    return life.matches() ? life.group(1) : subject;
  }

  /** When the identity's life began that it is of; empty for other subjects. */
  public Optional<Moment> subjectSince() {
    Matcher life = LIFE.matcher(subject);
    return life.matches()
        ? Optional.of(Moment.ofNanos(Long.parseLong(life.group(2))))
        : Optional.empty();
  }

  TimePlace cursor() {
    return new TimePlace(at.instant(), id);
  }

  /** Three digits are enough to compare by. */
  public String shownSeverity() {
    return shown(severity);
  }

  static String shown(double severity) {
    return String.format(Locale.ROOT, severity >= 100 ? "%.0f" : "%.2f", severity);
  }
}
