package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the time that alerts look at fits the windows of an assertion, where it has any. */
final class WindowLengths {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private WindowLengths() {}

  static boolean isWindowed(CheckedAssertion assertion) {
    return assertion.context().windowing().isPresent();
  }

  /** At least from one window's end to the next, so that one is in it. */
  static Duration rateOver(CheckedAssertion assertion, Duration usual) {
    return windows(assertion).stream().map(WindowLengths::step).reduce(usual, WindowLengths::max);
  }

  /**
   * Longer than a window: the one in which an assertion begins is undecided, and nobody need know.
   */
  static Duration undecidedFor(CheckedAssertion assertion, Duration usual) {
    return windows(assertion).stream()
        .map(window -> length(window).plus(MINUTE))
        .reduce(usual, WindowLengths::max);
  }

  /** Whether no two windows, or releases, end within the same minute. */
  static boolean onePerMinute(CheckedAssertion assertion) {
    return windows(assertion).stream()
        .allMatch(
            window ->
                switch (window) {
                  case Window.Tumbling w -> step(w).compareTo(MINUTE) >= 0;
                  case Window.Hopping w -> step(w).compareTo(MINUTE) >= 0;
                  case Window.Session ignored -> false;
                  case Window.Last ignored -> false;
                });
  }

  /** After how long without a violation an episode is closed. */
  static Duration quiet(CheckedAssertion assertion) {
    return switch (assertion.kind()) {
      case Kind.Absent kind -> time(Optional.of(kind.lessThan()));
      case Kind.Present kind -> time(Optional.of(kind.lessThan()));
      case Kind.Returns kind -> time(kind.within());
      case Kind.Transitions kind -> time(Optional.of(kind.within()));
      case Kind.Consistent kind -> time(Optional.of(kind.within()));
      case Kind.Silence kind -> Duration.ofNanos(kind.atMostNanos());
      case Kind.Change ignored -> MINUTE;
      case Kind.Match ignored -> MINUTE;
      case Kind.Schema ignored -> MINUTE;
      case Kind.Expect ignored ->
          windows(assertion).stream()
              .map(window -> length(window).plus(MINUTE))
              .reduce(MINUTE, WindowLengths::max);
    };
  }

  /** A bound in events lasts nobody knows how long. */
  private static Duration time(Optional<Bound> bound) {
    return bound
        .map(
            one ->
                switch (one) {
                  case Bound.Time time -> Duration.ofNanos(time.nanos());
                  case Bound.Events ignored -> MINUTE;
                })
        .orElse(MINUTE);
  }

  private static List<Window> windows(CheckedAssertion assertion) {
    List<Window> windows = new ArrayList<>();
    if (assertion.kind() instanceof Kind.Expect expect) {
      expect.expectations().forEach(line -> line.window().ifPresent(windows::add));
    }
    return windows;
  }

  private static Duration step(Window window) {
    return switch (window) {
      case Window.Tumbling w -> Duration.ofNanos(w.nanos());
      case Window.Hopping w -> Duration.ofNanos(w.everyNanos());
      case Window.Session ignored -> Duration.ZERO;
      case Window.Last ignored -> Duration.ZERO;
    };
  }

  private static Duration length(Window window) {
    return switch (window) {
      case Window.Tumbling w -> Duration.ofNanos(w.nanos());
      case Window.Hopping w -> Duration.ofNanos(w.nanos());
      case Window.Session w -> Duration.ofNanos(w.gapNanos());
      case Window.Last w ->
          w.bound() instanceof Bound.Time time ? Duration.ofNanos(time.nanos()) : Duration.ZERO;
    };
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
