package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ast.AlertCondition;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Consequences.Alert;
import io.assay.assertion.rule.ir.Consequences.Condition;
import io.assay.assertion.rule.ir.Consequences.Measure;
import io.assay.assertion.rule.ir.Consequences.Sample;
import io.assay.assertion.rule.ir.Consequences.Strategy;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.rule.ir.Term;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks when people are told, and what is proposed for a label. */
final class AlertChecker {
  private final ExpressionChecker expressions;
  private final Amounts amounts;
  private final Words words;
  private final Collection<String> routes;

  AlertChecker(ExpressionChecker expressions, Collection<String> routes) {
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
    this.words = new Words(expressions);
    this.routes = routes;
  }

  /**
   * {@code units}: those that the kind can be counted in, its own first. {@code windows}: whether
   * anything is judged by windows or releases.
   */
  Optional<Alert> alert(Clause.Alert clause, List<Unit> units, boolean windows, Scope scope) {
    Optional<Condition> condition =
        switch (clause.condition()) {
          case AlertCondition.Rate rate -> rate(rate, units, scope);
          case AlertCondition.Breached breached ->
              breached(breached, windows, clause.span(), scope);
          case AlertCondition.Open open ->
              amounts.duration(open.lasting(), scope, "'open for'").map(Condition.Open::new);
        };
    long lasting = nanos(clause.lasting(), scope, "'for'");
    long keep = nanos(clause.keep(), scope, "'keep'");
    routes(clause);
    List<String> to = clause.routes().stream().map(Name::text).toList();
    return condition.map(c -> new Alert(c, lasting, keep, to));
  }

  private long nanos(@Nullable Expr expr, Scope scope, String what) {
    return expr == null ? 0 : amounts.duration(expr, scope, what).orElse(0L);
  }

  private Optional<Condition> rate(AlertCondition.Rate rate, List<Unit> units, Scope scope) {
    Optional<Unit> unit =
        rate.unit() == null
            ? Optional.of(units.getFirst())
            : words.word(rate.unit(), Unit.class, Set.copyOf(units));
    Optional<Double> limit = amounts.share(rate.limit(), scope, "a rate");
    return unit.flatMap(u -> limit.map(l -> new Condition.Rate(u, rate.orEqual(), l)));
  }

  private Optional<Condition> breached(
      AlertCondition.Breached breached, boolean windows, Span span, Scope scope) {
    if (!windows) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          span,
          "'breached' is of a window; this assertion has none",
          Optional.of("as in: alert when rate > 5% for 2min, or: window tumbling 1h"));
      return Optional.empty();
    }
    return breached.windows() == null
        ? Optional.of(new Condition.Breached(1))
        : amounts
            .count(breached.windows(), scope, 1, "'breached for'")
            .map(Condition.Breached::new);
  }

  void routes(Clause.Alert clause) {
    clause.routes().forEach(this::route);
  }

  private void route(Name route) {
    if (!routes.contains(route.text())) {
      expressions.error(
          IssueCode.UNKNOWN_ROUTE,
          route.span(),
          "unknown route '%s'".formatted(route.text()),
          Suggestions.didYouMean(route.text(), routes)
              .or(() -> Optional.of("a route is declared as: route NAME { to webhook(\"…\") }")));
    }
  }

  /** {@code windows}: as for alerts. */
  Optional<Sample> sample(Clause.Sample clause, boolean windows, Scope scope) {
    Optional<Strategy> strategy =
        words.word(clause.strategy(), Strategy.class, Set.of(Strategy.values()));
    long around =
        clause.around() == null
            ? 0
            : amounts.count(clause.around(), scope, 0, "'events around'").orElse(0L);
    OptionalLong perDay =
        Optional.ofNullable(clause.perDay())
            .flatMap(most -> amounts.count(most, scope, 1, "'per day'"))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    OptionalDouble rate =
        Optional.ofNullable(clause.rate())
            .flatMap(share -> amounts.share(share, scope, "'rate'"))
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
    Measure measure = measure(clause);
    if (windows && (clause.classes() != null || clause.stratum() != null)) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          clause.span(),
          "a window is of many events: no class or stratum of one of them is its own");
      return Optional.empty();
    }
    Optional<Term> classes = classes(clause, scope);
    Optional<Term> stratum = stratum(clause, scope);
    return strategy.map(s -> new Sample(s, measure, classes, stratum, around, perDay, rate));
  }

  private Measure measure(Clause.Sample clause) {
    Name measure = clause.measure();
    if (measure == null) {
      return Measure.LEAST_CONFIDENT;
    }
    if (!clause.strategy().text().equals("uncertainty")) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          measure.span(),
          "'%s' is a measure of uncertainty; '%s' takes none"
              .formatted(measure.text(), clause.strategy().text()),
          Optional.of("as in: sample uncertainty(margin of b.classes)"));
      return Measure.LEAST_CONFIDENT;
    }
    return words
        .word(measure, Measure.class, Set.of(Measure.values()))
        .orElse(Measure.LEAST_CONFIDENT);
  }

  /** Of each class its probability. */
  private Optional<Term> classes(Clause.Sample clause, Scope scope) {
    return checked(
        clause.classes(),
        scope,
        type -> type instanceof Type.ListOf list && list.element().isFloating(),
        "a measure of uncertainty is of a list of doubles, the probability of each class");
  }

  /** Each of its values is a stratum, so they must be few. */
  private Optional<Term> stratum(Clause.Sample clause, Scope scope) {
    return checked(
        clause.stratum(),
        scope,
        type ->
            type == Type.Basic.STRING
                || type == Type.Basic.BOOL
                || type == Type.Basic.INT
                || type instanceof Type.EnumOf,
        "'stratify by' needs a bool, a string, an enum or an int");
  }

  private Optional<Term> checked(
      @Nullable Expr expr, Scope scope, Predicate<Type> fits, String needed) {
    if (expr == null) {
      return Optional.empty();
    }
    Term term = expressions.check(expr, scope);
    if (fits.test(term.type())) {
      return Optional.of(term);
    }
    if (term.type() != Type.Basic.UNKNOWN) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          expr.span(),
          "%s, got %s".formatted(needed, TypeText.aOrAn(term.type())));
    }
    return Optional.empty();
  }
}
