package io.assay.web.rates;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.rule.ir.Kind;
import java.util.Optional;

/** What an assertion's own rate counts, as {@code alert when rate} does without a unit. */
public final class RateUnit {
  private RateUnit() {}

  /** Of one that is known by name alone, where its rule is not: what is built in counts events. */
  public static Optional<Unit> of(String name, Optional<CheckedAssertion> rule) {
    return rule.map(RateUnit::of)
        .or(
            () ->
                name.equals(CheckedAssertion.SCHEMA) ? Optional.of(Unit.EVENT) : Optional.empty());
  }

  /** By its kind: windows, pairs, identities, elements or events. */
  public static Unit of(CheckedAssertion assertion) {
    boolean windowed =
        assertion.kind() instanceof Kind.Expect expect
            && expect.expectations().stream().anyMatch(one -> one.window().isPresent());
    if (windowed) {
      return Unit.WINDOW;
    }
    boolean compares =
        assertion.context().versions().isPresent() || assertion.context().releases().isPresent();
    if (compares) {
      return Unit.PAIR;
    }
    return switch (assertion.kind()) {
      case Kind.Expect ignored -> ofElements(assertion);
      case Kind.Match ignored -> ofElements(assertion);
      case Kind.Silence ignored -> Unit.EVENT;
      case Kind.Schema ignored -> Unit.EVENT;
      case Kind.Absent ignored -> followed(assertion);
      case Kind.Present ignored -> followed(assertion);
      case Kind.Returns ignored -> followed(assertion);
      case Kind.Transitions ignored -> followed(assertion);
      case Kind.Consistent ignored -> followed(assertion);
      case Kind.Change ignored -> followed(assertion);
    };
  }

  private static Unit followed(CheckedAssertion assertion) {
    return assertion.identity().isPresent() ? Unit.IDENTITY : ofElements(assertion);
  }

  private static Unit ofElements(CheckedAssertion assertion) {
    return assertion.each().isPresent() ? Unit.ELEMENT : Unit.EVENT;
  }
}
