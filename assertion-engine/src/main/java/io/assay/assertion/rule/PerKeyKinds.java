package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Checks the kinds that follow things, or the key itself, through time. */
final class PerKeyKinds {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Amounts amounts;

  PerKeyKinds(ClauseList clauses, ExpressionChecker expressions) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
  }

  Optional<Kind> absent(Clause.Absent clause, Scope scope) {
    needsIdentity("absent", clause.span());
    return amounts.bound(clause.lessThan(), scope, "'absent less than'").map(Kind.Absent::new);
  }

  Optional<Kind> present(Clause.Present clause, Scope scope) {
    needsIdentity("present", clause.span());
    return amounts.bound(clause.lessThan(), scope, "'present less than'").map(Kind.Present::new);
  }

  Optional<Kind> returns(Clause.Returns clause, Scope scope) {
    elementsNeedIdentity("returns", clause.span());
    Term attribute = attribute(clause.attribute(), scope, "'returns'");
    Optional<Bound> within =
        Optional.ofNullable(clause.within())
            .flatMap(bound -> amounts.bound(bound, scope, "'within'"));
    OptionalLong through = through(clause, scope);
    if (clause.within() == null && clause.through() == null) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          clause.span(),
          "'returns' needs a bound: how soon it comes back, or how long it stays away",
          Optional.of("as in: within 30s, or: through at most 1 event"));
    }
    return within.isEmpty() && through.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kind.Returns(attribute, within, through));
  }

  private OptionalLong through(Clause.Returns clause, Scope scope) {
    if (clause.through() == null) {
      return OptionalLong.empty();
    }
    if (!clause.through().events()) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          clause.through().span(),
          "'through at most' counts events",
          Optional.of("as in: through at most 1 event; a duration is written: within 30s"));
      return OptionalLong.empty();
    }
    return longOf(amounts.count(clause.through().amount(), scope, 1, "'through at most'"));
  }

  Optional<Kind> transitions(Clause.Transitions clause, Scope scope) {
    elementsNeedIdentity("transitions", clause.span());
    boolean comesAndGoes = clauses.has(Clause.Each.class) || clauses.has(Clause.Where.class);
    if (!comesAndGoes && !clauses.declaration().damaged()) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          clause.span(),
          "'transitions' counts coming and going; without 'each' or 'where' nothing comes or goes",
          Optional.of("as in: where score >= 0.5"));
    }
    Optional<Long> atMost = amounts.count(clause.atMost(), scope, 0, "'transitions at most'");
    Optional<Bound> within = amounts.bound(clause.within(), scope, "'within'");
    return atMost.flatMap(most -> within.map(bound -> new Kind.Transitions(most, bound)));
  }

  Optional<Kind> consistent(Clause.Consistent clause, Scope scope) {
    elementsNeedIdentity("consistent", clause.span());
    Term attribute = attribute(clause.attribute(), scope, "'consistent'");
    Optional<Bound> within = amounts.bound(clause.within(), scope, "'within'");
    OptionalDouble tolerance = tolerance(clause, attribute, scope);
    List<List<String>> alike =
        attribute.type() instanceof Type.EnumOf values ? values.alike() : List.of();
    return within.map(bound -> new Kind.Consistent(attribute, bound, tolerance, alike));
  }

  private OptionalDouble tolerance(Clause.Consistent clause, Term attribute, Scope scope) {
    if (clause.tolerance() == null) {
      return declaredTolerance(attribute, scope);
    }
    if (attribute.type() == Basic.UNKNOWN) {
      return OptionalDouble.empty();
    }
    if (!isMeasured(attribute.type())) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          clause.tolerance().span(),
          "only numbers, lengths and durations have a tolerance; this is %s"
              .formatted(TypeText.aOrAn(attribute.type())));
      return OptionalDouble.empty();
    }
    return amounts
        .constant(clause.tolerance(), scope, attribute.type(), "'tolerance'")
        .filter(constant -> notNegative(constant, "'tolerance'"))
        .map(constant -> OptionalDouble.of(((Number) constant.value()).doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  /** What the stream says of the field holds where the clause says nothing. */
  private OptionalDouble declaredTolerance(Term attribute, Scope scope) {
    return attribute instanceof Term.Select select
            && select.target().type() instanceof StructType owner
        ? scope.tolerance(owner.name() + "." + select.field().name())
        : OptionalDouble.empty();
  }

  /** What may be held against another sighting's: a value, not a record or a list of them. */
  private Term attribute(Expr expr, Scope scope, String what) {
    Term term = expressions.check(expr, scope);
    boolean composed =
        term.type() instanceof StructType
            || term.type() instanceof Type.MapOf
            || (term.type() instanceof Type.ListOf list && list.element() instanceof StructType);
    if (composed) {
      return expressions.error(
          IssueCode.WRONG_TYPE,
          term.span(),
          "%s compares one value, got %s".formatted(what, TypeText.aOrAn(term.type())),
          Optional.of("take one of its fields"));
    }
    if (term instanceof Term.Constant && term.type() != Basic.UNKNOWN) {
      expressions.error(
          IssueCode.CONSTANT_CONDITION, term.span(), "%s looks at a constant".formatted(what));
    }
    return term;
  }

  Optional<Kind> change(Clause.Change clause, List<Let> lets, Scope scope) {
    elementsNeedIdentity("change", clause.span());
    Term value = expressions.check(clause.value(), scope);
    Optional<Long> per = amounts.duration(clause.per(), scope, "'per'");
    if (value.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    if (!isMeasured(value.type())) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          value.span(),
          "'change' follows a number, a length or a duration, got %s"
              .formatted(TypeText.aOrAn(value.type())),
          value.type() == Basic.RECT
              ? Optional.of("as in: change distance(center(b.area), center(previous.area)) …")
              : Optional.empty());
      return Optional.empty();
    }
    Optional<Local> previous =
        scope.given().stream()
            .filter(local -> local.name().equals("previous") && uses(value, local, lets))
            .findFirst();
    return amounts
        .constant(clause.atMost(), scope, value.type(), "'at most'")
        .filter(limit -> notNegative(limit, "'at most'"))
        .flatMap(limit -> per.map(nanos -> new Kind.Change(value, limit, nanos, previous)));
  }

  private static boolean uses(Term value, Local previous, List<Let> lets) {
    return Subterms.reads(value)
        .anyMatch(
            read ->
                read.index() == previous.index()
                    || lets.stream()
                        .anyMatch(
                            let ->
                                let.local().index() == read.index()
                                    && uses(let.term(), previous, lets)));
  }

  private boolean notNegative(Term.Constant constant, String what) {
    boolean negative = constant.value() instanceof Number number && number.doubleValue() < 0;
    if (negative) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS, constant.span(), "%s needs 0 or more".formatted(what));
    }
    return !negative;
  }

  private static boolean isMeasured(Type type) {
    return type.isFloating() || type == Basic.INT || type == Basic.DURATION;
  }

  private static OptionalLong longOf(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  Optional<Kind> silence(Clause.Silence clause, Scope scope) {
    clauses.forbid(
        List.of(Clause.Each.class, Clause.Identity.class),
        "'silence' watches the stream's events, not what is in them");
    return amounts
        .duration(clause.atMost(), scope, "'silence at most'")
        .map(nanos -> new Kind.Silence(nanos, clause.overStream()));
  }

  private void needsIdentity(String kind, Span span) {
    if (!clauses.has(Clause.Identity.class) && !clauses.declaration().damaged()) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          span,
          "'%s' follows things through time, so it needs an identity".formatted(kind),
          Optional.of("as in: identity b.track, or: identity overlap(b.area) >= 0.3"));
    }
  }

  /** Without elements the key is followed; which element is which must be said. */
  private void elementsNeedIdentity(String kind, Span span) {
    if (clauses.has(Clause.Each.class)) {
      needsIdentity(kind, span);
    }
  }
}
