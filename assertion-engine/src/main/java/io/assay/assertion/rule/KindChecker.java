package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks what an assertion asserts: its kind, identity and bounds. */
final class KindChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Consumer<Issue> issues;

  KindChecker(ClauseList clauses, ExpressionChecker expressions, Consumer<Issue> issues) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.issues = issues;
  }

  Optional<Kind> kind(Scope scope) {
    Optional<Clause.Absent> absent = clauses.first(Clause.Absent.class);
    Optional<Clause.Present> present = clauses.first(Clause.Present.class);
    List<Clause.Expect> expects = clauses.all(Clause.Expect.class);
    if (absent.isPresent()) {
      needsIdentity("absent", absent.get().span());
      return bound(absent.get().lessThan(), scope, "'absent less than'").map(Kind.Absent::new);
    }
    if (present.isPresent()) {
      needsIdentity("present", present.get().span());
      return bound(present.get().lessThan(), scope, "'present less than'").map(Kind.Present::new);
    }
    if (!expects.isEmpty()) {
      return Optional.of(new Kind.Expect(expectations(expects, scope)));
    }
    if (!clauses.declaration().damaged()) {
      issues.accept(
          new Issue(
              IssueCode.NO_KIND,
              clauses.declaration().name().span(),
              "assertion '%s' does not say what must hold"
                  .formatted(clauses.declaration().name().text()),
              Optional.of("as in: expect EXPR, or: absent less than 500ms")));
    }
    return Optional.empty();
  }

  private void needsIdentity(String kind, Span span) {
    if (clauses.first(Clause.Identity.class).isEmpty() && !clauses.declaration().damaged()) {
      issues.accept(
          new Issue(
              IssueCode.MISSING_CLAUSE,
              span,
              "'%s' follows things through time, so it needs an identity".formatted(kind),
              Optional.of("as in: identity b.track, or: identity overlap(b.area) >= 0.3")));
    }
  }

  private List<Kind.Expectation> expectations(List<Clause.Expect> expects, Scope scope) {
    var names = new HashSet<String>();
    var expectations = new ArrayList<Kind.Expectation>();
    for (Clause.Expect expect : expects) {
      Name label = expect.label();
      if (label != null && !names.add(label.text())) {
        expressions.error(
            IssueCode.DUPLICATE,
            label.span(),
            "an expectation is called '%s' already".formatted(label.text()));
      }
      Term condition = expressions.check(expect.condition(), scope, Basic.BOOL, "'expect'");
      if (Folding.isTrueOrFalse(condition)) {
        issues.accept(
            new Issue(
                IssueCode.CONSTANT_CONDITION,
                condition.span(),
                "'expect' is always %s".formatted(((Term.Constant) condition).value())));
      }
      expectations.add(
          new Kind.Expectation(
              Optional.ofNullable(label).map(Name::text),
              expect.whenPresent() ? new Term.WhenPresent(condition, expect.span()) : condition));
    }
    return expectations;
  }

  Optional<Identity> identity(Scope scope) {
    return clauses
        .first(Clause.Identity.class)
        .flatMap(
            clause -> {
              Optional<Bound> coasting =
                  Optional.ofNullable(clause.coasting())
                      .flatMap(bound -> bound(bound, scope, "'coasting'"));
              if (clause.expression() instanceof Expr.Binary binary && isOverlap(binary.left())) {
                return overlap(binary, (Expr.Call) binary.left(), coasting, scope);
              }
              if (isOverlap(clause.expression())) {
                return missingShare(clause.expression());
              }
              if (clause.coasting() != null) {
                issues.accept(
                    new Issue(
                        IssueCode.CONFLICTING_CLAUSES,
                        clause.coasting().span(),
                        "only an identity by overlap coasts; an identity by value is known again at once"));
              }
              return byValue(clause.expression(), scope);
            });
  }

  private static boolean isOverlap(Expr expr) {
    return expr instanceof Expr.Call call
        && call.target() == null
        && call.function().text().equals("overlap")
        && call.arguments().size() == 1;
  }

  private Optional<Identity> missingShare(Expr expr) {
    expressions.error(
        IssueCode.WRONG_TYPE,
        expr.span(),
        "an identity by overlap needs its least share",
        Optional.of("as in: identity overlap(b.area) >= 0.3"));
    return Optional.empty();
  }

  private Optional<Identity> overlap(
      Expr.Binary comparison, Expr.Call overlap, Optional<Bound> coasting, Scope scope) {
    if (comparison.operator() != Expr.Operator.AT_LEAST) {
      return missingShare(comparison);
    }
    Term area =
        expressions.check(
            overlap.arguments().get(0), scope, Basic.RECT, "'overlap' of an identity");
    Term share =
        expressions.check(comparison.right(), scope, Basic.DOUBLE, "the share of 'overlap'");
    if (!(share instanceof Term.Constant(Double least, Type ignored, Span span))) {
      return share.type() == Basic.UNKNOWN
          ? Optional.empty()
          : notConstant(share.span(), "the share of 'overlap'");
    }
    if (least <= 0 || least > 1) {
      issues.accept(
          new Issue(
              IssueCode.OUT_OF_BOUNDS,
              span,
              "the share of 'overlap' lies above 0 and up to 1, got %s".formatted(least)));
      return Optional.empty();
    }
    return Optional.of(new Identity.ByOverlap(area, least, coasting));
  }

  private <T> Optional<T> notConstant(Span span, String what) {
    expressions.error(
        IssueCode.NOT_CONSTANT, span, "%s needs a constant or a parameter".formatted(what));
    return Optional.empty();
  }

  private Optional<Identity> byValue(Expr expr, Scope scope) {
    Term value = expressions.check(expr, scope);
    boolean bad =
        switch (value.type()) {
          case StructType ignored -> true;
          case Type.ListOf ignored -> true;
          case Type.MapOf ignored -> true;
          case Type.Vector ignored -> true;
          case Type.EnumOf ignored -> false;
          case Basic basic ->
              basic == Basic.BOOL
                  || basic == Basic.RECT
                  || basic == Basic.CUBOID
                  || basic == Basic.NULL;
        };
    if (bad) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          value.span(),
          "an identity is a text or a number, got %s".formatted(TypeText.aOrAn(value.type())),
          value.type() == Basic.RECT || value.type() == Basic.BOOL
              ? Optional.of("for boxes write: identity overlap(b.area) >= 0.3")
              : Optional.empty());
    }
    return Optional.of(new Identity.ByValue(value));
  }

  /** A positive duration, or a positive count of events. */
  Optional<Bound> bound(io.assay.assertion.rule.ast.Bound bound, Scope scope, String what) {
    Term term =
        bound.amount() instanceof Expr.Quantity q
            ? expressions.quantity(q, bound.events() ? Basic.INT : Basic.DURATION)
            : expressions.check(bound.amount(), scope);
    if (term.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    boolean fits = term.type() == (bound.events() ? Basic.INT : Basic.DURATION);
    if (!fits) {
      wrongBound(bound, term, what);
      return Optional.empty();
    }
    if (!(term instanceof Term.Constant(Long value, Type ignored, Span span))) {
      return notConstant(term.span(), what);
    }
    if (value < 1) {
      issues.accept(
          new Issue(
              IssueCode.OUT_OF_BOUNDS,
              span,
              bound.events()
                  ? "%s needs one event or more, got %d".formatted(what, value)
                  : "%s needs a duration longer than nothing".formatted(what)));
      return Optional.empty();
    }
    return Optional.of(bound.events() ? new Bound.Events(value) : new Bound.Time(value));
  }

  private void wrongBound(io.assay.assertion.rule.ast.Bound bound, Term term, String what) {
    boolean count = term.type() == Basic.INT;
    expressions.error(
        IssueCode.WRONG_TYPE,
        term.span(),
        bound.events()
            ? "%s needs a whole number of events, got %s"
                .formatted(what, TypeText.aOrAn(term.type()))
            : "%s needs a duration or a number of events, got %s"
                .formatted(what, TypeText.aOrAn(term.type())),
        !bound.events() && count
            ? Optional.of("give it a unit, as in 500ms, or count: 4 events")
            : Optional.empty());
  }

  /** The names that the kind gives to severity and sentences. */
  void offerNames(Kind kind, Optional<Type> element, Scope scope) {
    switch (kind) {
      case Kind.Absent ignored -> {
        scope.offer("gap", Basic.DURATION);
        scope.offer("events", Basic.INT);
        Type sighted = element.orElseGet(() -> scope.event().orElseThrow().type());
        scope.offer("before", sighted);
        scope.offer("after", sighted);
      }
      case Kind.Present ignored -> {
        scope.offer("lifetime", Basic.DURATION);
        scope.offer("events", Basic.INT);
      }
      case Kind.Expect ignored -> {}
      case Kind.Schema ignored -> {}
    }
  }
}
