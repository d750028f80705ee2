package io.assay.assertion.rule.ir;

import java.util.Optional;

/**
 * What the language has and this version does not evaluate. Whoever adds an evaluator strikes its
 * line here; the assertion is judged from then on.
 */
final class Pending {
  private Pending() {}

  static Optional<String> clause(CheckedAssertion assertion) {
    return kind(assertion.kind())
        .or(() -> context(assertion.context()))
        .or(() -> assertion.context().windowing().flatMap(windowing -> window(assertion)));
  }

  private static Optional<String> window(CheckedAssertion assertion) {
    Context context = assertion.context();
    if (!context.truths().isEmpty()) {
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

  private static Optional<String> context(Context context) {
    return clause(context.versions(), "compare")
        .or(() -> clause(context.releases(), "compare"))
        .or(() -> context.imputed().isEmpty() ? Optional.empty() : Optional.of("impute"));
  }

  private static Optional<String> clause(Optional<?> part, String word) {
    return part.map(ignored -> word);
  }
}
