package io.assay.assertion.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.assay.assertion.event.TimeZones;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Term.Macro;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks calls: macros, methods and functions. */
final class CallChecker {
  private static final Map<String, Macro> MACROS =
      Map.of(
          "all", Macro.ALL,
          "exists", Macro.EXISTS,
          "exists_one", Macro.EXISTS_ONE,
          "filter", Macro.FILTER,
          "map", Macro.MAP);

  private static final String OVER_A_WINDOW =
      "as in: window tumbling 1h, or: expect … over tumbling 1h";

  private final ExpressionChecker checker;
  private final Consumer<Issue> issues;
  private final FunctionCatalogue functions;
  private final OverloadChooser overloads;
  private final boolean pure;

  CallChecker(ExpressionChecker checker, Consumer<Issue> issues, Reading reading) {
    this.checker = checker;
    this.issues = issues;
    this.overloads = new OverloadChooser(reading);
    this.functions = overloads.functions();
    this.pure = reading.isPure();
  }

  Term call(Expr.Call e, Scope scope) {
    String name = e.function().text();
    Macro macro = e.target() == null ? null : MACROS.get(name);
    if (macro != null && e.target() != null) {
      return comprehension(e, macro, e.target(), scope);
    }
    if (e.target() == null && name.equals("has")) {
      return has(e, scope);
    }
    if (e.target() == null && name.equals("clusters") && !pure) {
      return clusters(e, scope);
    }
    return scope
        .lifting()
        .flatMap(lifting -> lifting.lift(e, scope))
        .orElseGet(() -> function(e, scope));
  }

  private Term comprehension(Expr.Call e, Macro macro, Expr target, Scope scope) {
    Term range = checker.check(target, scope);
    String name = e.function().text();
    int parts = e.arguments().size();
    boolean fits = parts == 2 || (parts == 3 && macro == Macro.MAP);
    if (!fits || variable(e.arguments().get(0)) == null) {
      return checker.error(
          IssueCode.BAD_MACRO,
          e.span(),
          "'%s' takes a variable and %s"
              .formatted(name, macro == Macro.MAP ? "what to make of it" : "a condition"),
          Optional.of(
              "as in: list.%s(e, %s)"
                  .formatted(name, macro == Macro.MAP ? "e.score" : "e.score > 0.5")));
    }
    Scope inner = scope.child();
    Type element = element(range, name);
    Local variable = inner.declare(String.valueOf(variable(e.arguments().get(0))), element);
    if (macro == Macro.MAP) {
      Term predicate =
          parts == 3
              ? condition(e.arguments().get(1), inner, name)
              : new Term.Constant(true, Basic.BOOL, e.span());
      Term result = checker.check(e.arguments().get(parts - 1), inner);
      return new Term.Comprehension(
          macro, variable, range, predicate, result, new Type.ListOf(result.type()), e.span());
    }
    Term predicate = condition(e.arguments().get(1), inner, name);
    Type type = macro == Macro.FILTER ? new Type.ListOf(element) : Basic.BOOL;
    return new Term.Comprehension(macro, variable, range, predicate, predicate, type, e.span());
  }

  private Term condition(Expr expr, Scope scope, String macro) {
    return checker.check(expr, scope, Basic.BOOL, "the condition of '%s'".formatted(macro));
  }

  private Type element(Term range, String macro) {
    return switch (range.type()) {
      case Type.ListOf list -> list.element();
      case Type.MapOf map -> map.key();
      case Basic basic when basic == Basic.DYN || basic == Basic.UNKNOWN -> basic;
      default ->
          checker
              .error(
                  IssueCode.WRONG_TYPE,
                  range.span(),
                  "'%s' goes over a list or a map, got %s"
                      .formatted(macro, TypeText.aOrAn(range.type())))
              .type();
    };
  }

  private static @Nullable String variable(Expr expr) {
    return expr instanceof Expr.Ident ident && !ident.absolute() ? ident.name() : null;
  }

  private Term has(Expr.Call e, Scope scope) {
    if (e.arguments().size() == 1 && e.arguments().get(0) instanceof Expr.Select select) {
      Term field = checker.check(select, scope);
      return switch (field) {
        case Term.Select s -> new Term.Has(s.target(), s.field().name(), e.span());
        case Term.SelectDynamic s -> new Term.Has(s.target(), s.name(), e.span());
        default ->
            field.type() == Basic.UNKNOWN
                ? field
                : checker.error(
                    IssueCode.BAD_MACRO, e.span(), "'has' asks for a field of a record or a map");
      };
    }
    if (!pure
        && e.arguments().size() == 1
        && e.arguments().get(0) instanceof Expr.Ident ident
        && checker.check(ident, scope) instanceof Term.Select s) {
      return new Term.Has(s.target(), s.field().name(), e.span());
    }
    return checker.error(
        IssueCode.BAD_MACRO, e.span(), "'has' takes one field", Optional.of("as in: has(b.track)"));
  }

  private Term clusters(Expr.Call e, Scope scope) {
    List<Expr> parts = e.arguments();
    String a = parts.size() == 4 ? variable(parts.get(1)) : null;
    String b = parts.size() == 4 ? variable(parts.get(2)) : null;
    if (a == null || b == null || a.equals(b)) {
      return checker.error(
          IssueCode.BAD_MACRO,
          e.span(),
          "'clusters' takes a list, two variables and a condition over both",
          Optional.of("as in: clusters(boxes, a, b, iou(a.area, b.area) >= 0.5)"));
    }
    Term range = checker.check(parts.get(0), scope);
    Type element = element(range, "clusters");
    Scope inner = scope.child();
    Local first = inner.declare(a, element);
    Local second = inner.declare(b, element);
    Term related = condition(parts.get(3), inner, "clusters");
    Type type = new Type.ListOf(new Type.ListOf(element));
    return new Term.Clusters(range, first, second, related, type, e.span());
  }

  private Term function(Expr.Call e, Scope scope) {
    String name = e.function().text();
    boolean method = e.target() != null;
    if (!method && MACROS.containsKey(name)) {
      return unknownFunction(e, name, false);
    }
    if (!method && !pure && name.equals(Unusual.FUNCTION)) {
      return checker.error(
          IssueCode.CONFLICTING_CLAUSES,
          e.span(),
          "'unusual' grades what is violated: it stands in 'severity' alone",
          Optional.of("as in: severity 1 + unusual(b.score)"));
    }
    boolean statistic = !pure && StatisticCatalogue.builtIn().names().contains(name);
    if (!method && statistic && functions.named(name).isEmpty()) {
      return statistic(e, name);
    }
    var arguments = new ArrayList<Term>();
    if (e.target() != null) {
      arguments.add(checker.check(e.target(), scope));
    }
    e.arguments().forEach(argument -> arguments.add(checker.check(argument, scope)));
    List<Overload> named =
        functions.named(name).stream().filter(o -> o.method() == method).toList();
    if (named.isEmpty()) {
      return unknownFunction(e, name, method);
    }
    if (arguments.stream().anyMatch(a -> a.type() == Basic.UNKNOWN)) {
      return ExpressionChecker.unknown(e.span());
    }
    if (name.equals("matches") && !pure && arguments.size() == 2) {
      pattern(arguments.getLast());
    }
    if (name.equals("project")
        && arguments.size() == 1
        && Types.isA(arguments.getFirst().type(), Basic.CUBOID)) {
      Optional<Term> only = calibration(e, scope);
      if (only.isEmpty()) {
        return ExpressionChecker.unknown(e.span());
      }
      arguments.add(only.get());
    }
    return overloads
        .choose(name, method, arguments, e.span())
        .map(this::zoned)
        .map(Folding::fold)
        .orElseGet(() -> noOverload(e, name, named, arguments));
  }

  /** Where a stream has one calibration, nobody needs to name it. */
  private Optional<Term> calibration(Expr.Call e, Scope scope) {
    Map<String, Term.Constant> known = scope.calibrations();
    if (known.size() == 1) {
      return Optional.of(known.values().iterator().next());
    }
    checker.error(
        IssueCode.NO_OVERLOAD,
        e.span(),
        known.isEmpty()
            ? "'project' needs a calibration, and the stream declares none"
            : "'project' needs to know by which calibration: %s"
                .formatted(String.join(", ", known.keySet())),
        Optional.of(
            known.isEmpty()
                ? "add to the stream: calibration front = [[…], […], […]], three rows of four"
                : "as in: project(b.body, %s)".formatted(known.keySet().iterator().next())));
    return Optional.empty();
  }

  private Term zoned(Term term) {
    if (term instanceof Term.Call call
        && call.overload().endsWith("_zone")
        && call.arguments().getLast() instanceof Term.Constant(String name, Type t, Span span)
        && TimeZones.named(name).isEmpty()) {
      Optional<String> meant = Suggestions.didYouMean(name, ZoneId.getAvailableZoneIds());
      return checker.error(
          IssueCode.UNKNOWN_ZONE,
          span,
          "unknown time zone '%s'".formatted(name),
          meant.or(() -> Optional.of("as in: \"Europe/Berlin\", \"UTC\", \"-09:30\"")));
    }
    return term;
  }

  /** Known, but there is no window whose events it could be over. */
  private Term statistic(Expr.Call e, String name) {
    return checker.error(
        IssueCode.MISSING_CLAUSE,
        e.span(),
        "'%s' is over the events of a window; there is none here".formatted(name),
        Optional.of(OVER_A_WINDOW));
  }

  private Term unknownFunction(Expr.Call e, String name, boolean method) {
    boolean otherForm = !functions.named(name).isEmpty();
    if (otherForm) {
      return checker.error(
          IssueCode.UNKNOWN_FUNCTION,
          e.function().span(),
          method
              ? "'%s' is a function, not a method".formatted(name)
              : "'%s' is a method, not a function".formatted(name),
          Optional.of(otherForm(name, !method)));
    }
    Optional<String> meant =
        MACROS.containsKey(name.toLowerCase(Locale.ROOT)) && !method
            ? Optional.of("macros are called on a list: list.%s(e, …)".formatted(name))
            : ForeignNames.function(name).or(() -> Suggestions.didYouMean(name, functions.names()));
    return checker.error(
        IssueCode.UNKNOWN_FUNCTION,
        e.function().span(),
        "unknown function '%s'".formatted(name),
        meant);
  }

  private static String otherForm(String name, boolean method) {
    return method ? "for these write x.%s(…)".formatted(name) : "write %s(x, …)".formatted(name);
  }

  private Term noOverload(Expr.Call e, String name, List<Overload> named, List<Term> arguments) {
    List<Type> types = arguments.stream().map(Term::type).toList();
    String takes =
        named.stream()
            .filter(o -> !o.id().endsWith("_dyn"))
            .map(TypeText::parameters)
            .distinct()
            .limit(4)
            .collect(Collectors.joining(" or "));
    return checker.error(
        IssueCode.NO_OVERLOAD,
        e.span(),
        "%s takes %s, got %s".formatted(name, takes, TypeText.list(types)),
        overloads
            .choose(name, e.target() == null, arguments, e.span())
            .map(other -> otherForm(name, e.target() == null))
            .or(() -> overWindow(e, arguments)));
  }

  private Optional<String> overWindow(Expr.Call e, List<Term> arguments) {
    boolean statistic =
        !pure
            && e.target() == null
            && StatisticCatalogue.builtIn().named(e.function().text()).stream()
                .anyMatch(s -> OverloadChooser.fits(s.overload(), arguments));
    return statistic
        ? Optional.of("over the events of a window: " + OVER_A_WINDOW)
        : Optional.empty();
  }

  private void pattern(Term term) {
    if (term instanceof Term.Constant(String regex, Type ignored, Span span)) {
      try {
        Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        issues.accept(
            new Issue(
                IssueCode.BAD_PATTERN,
                span,
                "this is no regular expression: %s".formatted(e.getDescription())));
      }
    }
  }
}
