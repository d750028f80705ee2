package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.StatisticCatalogue.Further;
import io.assay.assertion.rule.StatisticCatalogue.Signature;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Across;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In windows: {@code mean(score)} is over all their events, and a variable stands for it. */
final class StatisticLifting implements Lifting {
  /** What may be done with the values of all segments. */
  private static final Set<String> OVER_SEGMENTS = Set.of("min", "max", "mean", "sum", "median");

  private final ExpressionChecker expressions;
  private final WindowLocals locals;
  private final Amounts amounts;
  private final Baselines baselines;
  private final OverloadChooser functions = new OverloadChooser(Reading.RULES);
  private final List<Statistic> statistics = new ArrayList<>();
  private final List<Across> across = new ArrayList<>();
  private @Nullable String segment;
  private boolean told;

  StatisticLifting(ExpressionChecker expressions, WindowLocals locals) {
    this.expressions = expressions;
    this.locals = locals;
    this.amounts = new Amounts(expressions);
    this.baselines = new Baselines(expressions);
  }

  List<Statistic> statistics() {
    return List.copyOf(statistics);
  }

  List<Across> across() {
    return List.copyOf(across);
  }

  /** From here on for a line that compares over a segment; null: for one that does not. */
  void across(@Nullable String name) {
    segment = name;
  }

  /** From here on for sentences, which judge nothing. */
  void told() {
    told = true;
  }

  @Override
  public Optional<Term> lift(Expr.Call call, Scope scope) {
    String name = call.function().text();
    if (call.target() != null) {
      return Optional.empty();
    }
    if (name.equals(Baselines.NAME)) {
      return Optional.of(strayBaseline(call));
    }
    List<Signature> named = StatisticCatalogue.builtIn().named(name);
    List<Signature> fitting =
        named.stream().filter(s -> s.size() == call.arguments().size()).toList();
    if (fitting.isEmpty()) {
      return named.isEmpty() || isFunction(call)
          ? Optional.empty()
          : Optional.of(noSignature(call, named, List.of()));
    }
    int units = fitting.getFirst().overload().parameters().size();
    List<Term> terms =
        call.arguments().subList(0, units).stream().map(a -> expressions.check(a, scope)).toList();
    if (terms.stream().anyMatch(term -> term.type() == Basic.UNKNOWN)) {
      return Optional.of(ExpressionChecker.unknown(call.span()));
    }
    if (terms.stream().anyMatch(locals::isOfWindow)) {
      return ofWindow(call, terms, scope);
    }
    return ofEvents(call, fitting, terms, scope);
  }

  private boolean isFunction(Expr.Call call) {
    return functions.functions().named(call.function().text()).stream()
        .anyMatch(o -> !o.method() && o.parameters().size() == call.arguments().size());
  }

  private Optional<Term> ofEvents(
      Expr.Call call, List<Signature> fitting, List<Term> terms, Scope scope) {
    String name = call.function().text();
    boolean function = functions.typed(name, false, terms, call.span()).isPresent();
    Optional<Signature> chosen =
        fitting.stream().filter(s -> OverloadChooser.fits(s.overload(), terms)).findFirst();
    boolean inMacro =
        terms.stream().flatMap(WindowLocals::free).anyMatch(local -> !locals.isKnown(local));
    if (function && (chosen.isEmpty() || inMacro)) {
      return Optional.empty();
    }
    if (inMacro) {
      return Optional.of(inMacro(call));
    }
    return Optional.of(
        chosen
            .map(signature -> statistic(call, signature, terms, scope))
            .orElseGet(() -> noSignature(call, fitting, terms)));
  }

  private Term statistic(Expr.Call call, Signature signature, List<Term> given, Scope scope) {
    List<Term> terms = OverloadChooser.fit(signature.overload(), given, true).orElseThrow();
    List<Term.Constant> parameters = new ArrayList<>();
    Optional<Baseline> baseline = Optional.empty();
    if (signature.further() != null) {
      Expr further = call.arguments().getLast();
      switch (signature.further()) {
        case SHARE ->
            amounts
                .share(further, scope, "the share of '%s'".formatted(call.function().text()))
                .ifPresent(s -> parameters.add(new Term.Constant(s, Basic.RATIO, further.span())));
        case BASELINE -> baseline = baselines.baseline(call.function().text(), further, scope);
      }
      if (parameters.isEmpty() && baseline.isEmpty()) {
        return ExpressionChecker.unknown(call.span());
      }
    }
    Type type = OverloadChooser.result(signature.overload().result(), terms);
    Statistic statistic =
        new Statistic(
            scope.allocate(call.function().text(), type),
            signature.overload().id(),
            terms,
            parameters,
            baseline,
            told);
    return new Term.Read(known(statistic), call.span());
  }

  /** What is asked twice is worked out once. */
  private Local known(Statistic statistic) {
    String meaning = CanonicalContext.meaning(statistic);
    for (Statistic other : statistics) {
      if (CanonicalContext.meaning(other).equals(meaning)) {
        return other.local();
      }
    }
    statistics.add(statistic);
    locals.ofWindow(statistic.local());
    return statistic.local();
  }

  private Optional<Term> ofWindow(Expr.Call call, List<Term> terms, Scope scope) {
    String name = call.function().text();
    boolean overSegments = terms.size() == 1 && OVER_SEGMENTS.contains(name);
    if (segment == null || !overSegments) {
      return functions.typed(name, false, terms, call.span()).isPresent()
          ? Optional.empty()
          : Optional.of(nested(call, overSegments));
    }
    Term value = terms.getFirst();
    Term list = new Term.Constant(Term.Null.NULL, new Type.ListOf(value.type()), call.span());
    Optional<Term> chosen = functions.choose(name, false, List.of(list), call.span());
    if (!(chosen.orElse(null) instanceof Term.Call over)) {
      return Optional.of(nested(call, true));
    }
    Local local = scope.allocate(name, over.type());
    locals.ofWindow(local);
    across.add(new Across(local, segment, over.overload(), value, told));
    return Optional.of(new Term.Read(local, call.span()));
  }

  private Term strayBaseline(Expr.Call call) {
    return expressions.error(
        IssueCode.UNEXPECTED,
        call.span(),
        "a baseline stands in a statistic only",
        Optional.of("as in: psi(score, baseline(last 7d))"));
  }

  private Term inMacro(Expr.Call call) {
    return expressions.error(
        IssueCode.NO_OVERLOAD,
        call.span(),
        "'%s' is over the events of a window, so it cannot be inside of a macro"
            .formatted(call.function().text()));
  }

  private Term nested(Expr.Call call, boolean overSegments) {
    String name = call.function().text();
    return expressions.error(
        IssueCode.NO_OVERLOAD,
        call.span(),
        "'%s' is over the events of a window; this is of the whole window already".formatted(name),
        overSegments
            ? Optional.of("over the segments: expect across SEGMENT: %s(…)".formatted(name))
            : Optional.empty());
  }

  private Term noSignature(Expr.Call call, List<Signature> named, List<Term> terms) {
    String takes =
        named.stream()
            .map(StatisticLifting::parameters)
            .distinct()
            .limit(6)
            .collect(Collectors.joining(" or "));
    String came =
        terms.isEmpty()
            ? "%d values".formatted(call.arguments().size())
            : TypeText.list(terms.stream().map(Term::type).toList());
    return expressions.error(
        IssueCode.NO_OVERLOAD,
        call.span(),
        "%s takes %s, got %s".formatted(call.function().text(), takes, came));
  }

  static String parameters(Signature signature) {
    String units = TypeText.parameters(signature.overload());
    return signature.further() == null
        ? units
        : units.substring(0, units.length() - 1)
            + ", "
            + (signature.further() == Further.SHARE ? "share" : Baselines.NAME)
            + ")";
  }
}
