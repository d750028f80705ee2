package io.assay.assertion.explain;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;

/** The expressions by which an assertion judges. */
final class AssertionTerms {
  private AssertionTerms() {}

  static List<Term> of(CheckedAssertion assertion) {
    var terms = new ArrayList<Term>();
    assertion.where().ifPresent(terms::add);
    assertion
        .each()
        .ifPresent(
            each -> {
              terms.add(each.list());
              each.where().ifPresent(terms::add);
            });
    assertion.identity().ifPresent(identity -> terms.add(of(identity)));
    assertion.lets().stream().map(Let::term).forEach(terms::add);
    terms.addAll(of(assertion.kind()));
    assertion.context().windowing().ifPresent(windowing -> terms.addAll(of(windowing)));
    terms.add(assertion.severity());
    return terms;
  }

  static Term of(Identity identity) {
    return switch (identity) {
      case Identity.ByValue by -> by.value();
      case Identity.ByOverlap by -> by.area();
    };
  }

  private static List<Term> of(Kind kind) {
    return switch (kind) {
      case Kind.Absent ignored -> List.of();
      case Kind.Present ignored -> List.of();
      case Kind.Returns returns -> List.of(returns.attribute());
      case Kind.Transitions ignored -> List.of();
      case Kind.Consistent consistent -> List.of(consistent.attribute());
      case Kind.Change change -> List.of(change.value(), change.limit());
      case Kind.Silence ignored -> List.of();
      case Kind.Match match -> of(match);
      case Kind.Expect expect -> conditions(expect.expectations());
      case Kind.Schema ignored -> List.of();
    };
  }

  private static List<Term> of(Kind.Match match) {
    var terms = new ArrayList<Term>(conditions(match.expectations()));
    match.pairings().forEach(pairing -> terms.add(pairing.where()));
    for (Kind.Side side : match.sides()) {
      terms.add(side.list());
      side.unmatched().ifPresent(terms::add);
      terms.addAll(side.ignores());
    }
    return terms;
  }

  static List<Term> conditions(List<Kind.Expectation> expectations) {
    return expectations.stream().map(Kind.Expectation::condition).toList();
  }

  private static List<Term> of(Windowing windowing) {
    var terms = new ArrayList<Term>();
    windowing.segments().forEach(segment -> terms.add(segment.value()));
    windowing.statistics().forEach(statistic -> terms.addAll(statistic.terms()));
    windowing.lets().forEach(let -> terms.add(let.term()));
    windowing.across().forEach(across -> terms.add(across.each()));
    return terms;
  }
}
