package io.assay.assertion.rule.ir;

import java.util.Optional;

/**
 * What the language has and this version does not evaluate. Whoever adds an evaluator strikes its
 * line here; the assertion is judged from then on.
 */
final class Pending {
  /** Judged in tests and of files; labels that come live are not yet. */
  static final String ON_LABELS = "on labels";

  private Pending() {}

  static Optional<String> clause(CheckedAssertion assertion) {
    return kind(assertion.kind())
        .or(() -> versions(assertion))
        .or(() -> assertion.context().windowing().flatMap(windowing -> window(assertion)))
        .or(() -> Labels.are(assertion.on()) ? Optional.of(ON_LABELS) : Optional.empty());
  }

  private static Optional<String> window(CheckedAssertion assertion) {
    Context context = assertion.context();
    if (!context.truths().isEmpty() && isOfLast(assertion)) {
      return Optional.of("truth");
    }
    return Optional.empty();
  }

  private static Optional<String> kind(Kind kind) {
    return switch (kind) {
      case Kind.Absent ignored -> Optional.empty();
      case Kind.Present ignored -> Optional.empty();
      case Kind.Expect ignored -> Optional.empty();
      case Kind.Schema ignored -> Optional.empty();
      case Kind.Returns ignored -> Optional.empty();
      case Kind.Transitions ignored -> Optional.empty();
      case Kind.Consistent ignored -> Optional.empty();
      case Kind.Change ignored -> Optional.empty();
      case Kind.Silence ignored -> Optional.empty();
      case Kind.Match ignored -> Optional.empty();
    };
  }

  /** Whole events are compared; not their elements, nor what is joined to them. */
  private static Optional<String> versions(CheckedAssertion assertion) {
    Context context = assertion.context();
    boolean judged =
        context.versions().isEmpty()
            || (assertion.kind() instanceof Kind.Expect
                && !isOfLast(assertion)
                && context.windowing().stream()
                    .flatMap(windowing -> windowing.statistics().stream())
                    .flatMap(statistic -> statistic.baseline().stream())
                    .allMatch(Windowing.Baseline.Last.class::isInstance)
                && assertion.each().isEmpty()
                && context.join().isEmpty()
                && context.trigger().isEmpty()
                && context.truths().isEmpty());
    return judged ? Optional.empty() : Optional.of("compare");
  }

  private static boolean isOfLast(CheckedAssertion assertion) {
    return assertion.kind() instanceof Kind.Expect expect
        && expect.expectations().stream()
            .anyMatch(line -> line.window().filter(Window.Last.class::isInstance).isPresent());
  }
}
