package io.assay.web.assertions;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Window;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long an assertion may take from one verdict to the next, although all is well: until a window
 * ends, truth has come, or embeddings are released.
 */
final class Rhythm {
  /** Nobody declares how often embeddings are released. */
  private static final Duration RELEASES = Range.MONTH.length();

  private Rhythm() {}

  /** Zero where it judges as events come. */
  static Duration of(CheckedAssertion assertion) {
    Context context = assertion.context();
    if (context.releases().isPresent()) {
      return RELEASES;
    }
    long truth =
        context.truths().stream().mapToLong(one -> one.truth().withinNanos()).max().orElse(0);
    long window =
        switch (assertion.kind()) {
          case Kind.Expect expect ->
              expect.expectations().stream()
                  .flatMap(one -> one.window().stream())
                  .mapToLong(Rhythm::nanos)
                  .max()
                  .orElse(0);
          case Kind.Present present ->
              present.lessThan() instanceof Bound.Time time ? time.nanos() : 0;
          case Kind.Absent ignored -> 0;
          case Kind.Returns ignored -> 0;
          case Kind.Transitions ignored -> 0;
          case Kind.Consistent ignored -> 0;
          case Kind.Change ignored -> 0;
          case Kind.Silence ignored -> 0;
          case Kind.Match ignored -> 0;
          case Kind.Schema ignored -> 0;
        };
    long wait = window + truth;
    return wait == 0 ? Duration.ZERO : Duration.ofNanos(wait + assertion.on().latenessNanos());
  }

  private static long nanos(Window window) {
    return switch (window) {
      case Window.Tumbling tumbling -> tumbling.nanos();
      case Window.Hopping hopping -> hopping.nanos();
      case Window.Session session -> session.gapNanos();
      // Judged at every event.
      case Window.Last ignored -> 0;
    };
  }

  /** Whether a range may be without a verdict for no other reason. */
  static boolean mayPass(Duration rhythm, Range range) {
    return rhythm.multipliedBy(2).compareTo(range.length()) > 0;
  }

  /** The stretch up to the end of a period in which there are verdicts, as far as pages look. */
  static Period longer(Period period, Duration rhythm) {
    Duration needed = period.range().length().plus(rhythm.multipliedBy(2));
    Range range =
        Arrays.stream(Range.values())
            .filter(one -> one.length().compareTo(needed) >= 0)
            .findFirst()
            .orElse(Range.MONTH);
    Instant last = period.end().minusNanos(1);
    return Period.of(range, last, last);
  }

  /**
   * What to make of an assertion that has judged nothing in a period.
   *
   * @param judged of it in {@link #longer}
   */
  static Health of(List<Judged> judged, Period longer, Duration rhythm, boolean hasFired) {
    Counted all = judged.stream().map(Judged::counted).reduce(Counted.NONE, Counted::plus);
    if (all.judged() > 0) {
      return hasFired ? Health.QUIET : Health.DEAD;
    }
    // Of the step, so that one more is allowed for.
    Instant due = longer.end().minus(rhythm).minus(longer.range().step());
    boolean isNew =
        judged.stream()
            .filter(one -> one.counted().passed() > 0 || one.counted().seen() > 0)
            .map(one -> longer.begin(one.step()))
            .min(Instant::compareTo)
            .filter(first -> first.isAfter(due))
            .isPresent();
    return isNew ? Health.WAITING : Health.IDLE;
  }

  /** As people say it: {@code 7 d}, {@code 1.5 h}, {@code 90 s}. */
  static String shown(Duration rhythm) {
    double seconds = rhythm.toMillis() / 1000.0;
    if (seconds < 120) {
      return number(seconds) + " s";
    }
    if (seconds < 2 * 3600) {
      return number(seconds / 60) + " min";
    }
    return seconds < 2 * 86_400 ? number(seconds / 3600) + " h" : number(seconds / 86_400) + " d";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
