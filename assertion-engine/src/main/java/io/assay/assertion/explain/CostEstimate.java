package io.assay.assertion.explain;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.Subterms;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.List;

/** Counts what judging an event takes, from the expressions and the kind alone. */
final class CostEstimate {
  /** Finding an identity among those that live, and noting its sighting. */
  private static final int FOLLOWING = 10;

  /** The overlap of two boxes. */
  private static final int OVERLAP = 8;

  private final CheckedAssertion assertion;

  CostEstimate(CheckedAssertion assertion) {
    this.assertion = assertion;
  }

  Cost cost() {
    Cost whole = Cost.of(1);
    if (assertion.where().isPresent()) {
      whole = whole.plus(of(assertion.where().get()));
    }
    for (CheckedAssertion.Let let : assertion.lets()) {
      whole = whole.plus(of(let.term()));
    }
    Cost unit = unit();
    if (assertion.each().isPresent()) {
      whole = whole.plus(of(assertion.each().get().list()));
      unit = unit.plus(assertion.each().get().where().map(CostEstimate::of).orElse(Cost.NOTHING));
      unit = unit.perElement();
    }
    return whole.plus(unit);
  }

  /** Of an element, without {@code each} of the event. */
  private Cost unit() {
    Cost unit = kind();
    if (assertion.identity().isPresent()) {
      unit = unit.plus(recognition(assertion.identity().get()));
    }
    if (assertion.context().windowing().isPresent()) {
      unit = unit.plus(windowing(assertion.context().windowing().get()));
    }
    return unit;
  }

  private static Cost recognition(Identity identity) {
    Cost by = of(AssertionTerms.of(identity)).plus(FOLLOWING);
    return switch (identity) {
      case Identity.ByValue ignored -> by;
      case Identity.ByOverlap ignored -> by.plus(Cost.of(OVERLAP).perElement());
    };
  }

  private Cost kind() {
    return switch (assertion.kind()) {
      case Kind.Absent ignored -> Cost.of(2);
      case Kind.Present ignored -> Cost.of(3);
      case Kind.Returns kind -> of(kind.attribute()).plus(4);
      case Kind.Transitions ignored -> Cost.of(4);
      case Kind.Consistent kind -> of(kind.attribute()).plus(4).plus(new Cost(0, 0, 0, 0, 1));
      case Kind.Change kind -> of(kind.value()).plus(4);
      case Kind.Silence ignored -> Cost.of(2);
      case Kind.Match kind -> match(kind);
      case Kind.Expect kind -> expect(kind);
      case Kind.Schema ignored -> Cost.of(fields(assertion.on().root()));
    };
  }

  private static int fields(StructType type) {
    int fields = 0;
    for (StructType.Field field : type.fields()) {
      fields += field.type() instanceof Type.ListOf(StructType element) ? fields(element) : 1;
    }
    return fields;
  }

  /** What is over a window is worked out at its end, not at an event. */
  private static Cost expect(Kind.Expect kind) {
    Cost cost = Cost.NOTHING;
    for (Kind.Expectation expectation : kind.expectations()) {
      cost = expectation.window().isEmpty() ? cost.plus(of(expectation.condition())) : cost;
    }
    return cost;
  }

  private static Cost windowing(Windowing windowing) {
    Cost cost = Cost.of(2);
    for (Windowing.Segment segment : windowing.segments()) {
      cost = cost.plus(of(segment.value())).plus(1);
    }
    for (Windowing.Statistic statistic : windowing.statistics()) {
      cost = cost.plus(all(statistic.terms())).plus(2);
    }
    return cost;
  }

  private static Cost match(Kind.Match kind) {
    Cost cost = Cost.NOTHING;
    for (Kind.Pairing pairing : kind.pairings()) {
      cost = cost.plus(of(pairing.where()).perElement().perElement());
    }
    for (Kind.Side side : kind.sides()) {
      Cost each = all(side.ignores()).plus(2);
      each = each.plus(side.unmatched().map(CostEstimate::of).orElse(Cost.NOTHING));
      cost = cost.plus(of(side.list())).plus(each.perElement());
    }
    Cost pair = all(AssertionTerms.conditions(kind.expectations()));
    cost = cost.plus(pair.perElement());
    return kind.one() ? cost.plus(Cost.of(1).perElement().perElement().perElement()) : cost;
  }

  private static Cost all(List<Term> terms) {
    return terms.stream().map(CostEstimate::of).reduce(Cost.NOTHING, Cost::plus);
  }

  /** One step each node; what goes through a list takes one for each element, at least. */
  static Cost of(Term term) {
    return switch (term) {
      case Term.Constant ignored -> Cost.NOTHING;
      case Term.Comprehension macro ->
          of(macro.range()).plus(body(macro).plus(1).perElement()).plus(1);
      case Term.Clusters piles ->
          of(piles.range()).plus(of(piles.related()).plus(1).perElement().perElement()).plus(1);
      case Term.Call call -> {
        Cost arguments = all(call.arguments()).plus(1);
        yield goesThrough(call) ? arguments.plus(Cost.of(1).perElement()) : arguments;
      }
      default -> all(Subterms.of(term)).plus(1);
    };
  }

  private static Cost body(Term.Comprehension macro) {
    return macro.macro() == Term.Macro.MAP
        ? of(macro.predicate()).plus(of(macro.result()))
        : of(macro.predicate());
  }

  /** All functions of lists and maps but their size and one element. */
  private static boolean goesThrough(Term.Call call) {
    boolean many =
        call.arguments().stream()
            .map(Term::type)
            .anyMatch(type -> type instanceof Type.ListOf || type instanceof Type.MapOf);
    return many && !call.overload().startsWith("size_") && !call.overload().startsWith("index_");
  }
}
