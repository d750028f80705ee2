package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.WindowSpec;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Window;
import java.util.Optional;

/** Checks which events a window takes together. */
final class WindowSpecs {
  /** Each of them is judged by itself. */
  private static final long MOST_OVERLAPS = 2_000;

  private final ExpressionChecker expressions;
  private final Amounts amounts;

  WindowSpecs(ExpressionChecker expressions) {
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
  }

  Optional<Window> window(WindowSpec spec, Scope scope) {
    return switch (spec) {
      case WindowSpec.Tumbling w ->
          amounts.duration(w.size(), scope, "'tumbling'").map(Window.Tumbling::new);
      case WindowSpec.Hopping w -> hopping(w, scope);
      case WindowSpec.Session w ->
          amounts.duration(w.gap(), scope, "'session'").map(Window.Session::new);
      case WindowSpec.Last w -> amounts.bound(w.bound(), scope, "'last'").flatMap(b -> last(w, b));
    };
  }

  private Optional<Window> last(WindowSpec.Last last, Bound bound) {
    if (bound instanceof Bound.Events events && events.count() > Window.Last.MOST_EVENTS) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          last.span(),
          "a window of the last events needs at most %d of them, got %d"
              .formatted(Window.Last.MOST_EVENTS, events.count()),
          Optional.of("as in: window tumbling 1h"));
      return Optional.empty();
    }
    return Optional.of(new Window.Last(bound));
  }

  private Optional<Window> hopping(WindowSpec.Hopping hopping, Scope scope) {
    Optional<Long> size = amounts.duration(hopping.size(), scope, "'hopping'");
    Optional<Long> every = amounts.duration(hopping.every(), scope, "'every'");
    if (size.isEmpty() || every.isEmpty()) {
      return Optional.empty();
    }
    if (size.get() < every.get()) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          hopping.every().span(),
          "windows that begin less often than they last leave events out",
          Optional.of("write the longer one first, as in: hopping 5min every 1min"));
      return Optional.empty();
    }
    if (size.get() / every.get() > MOST_OVERLAPS) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          hopping.every().span(),
          "an event would be in %d windows, and may be in %d"
              .formatted(size.get() / every.get(), MOST_OVERLAPS),
          Optional.of("let them begin less often, as in: hopping 1d every 1min"));
      return Optional.empty();
    }
    return Optional.of(new Window.Hopping(size.get(), every.get()));
  }
}
