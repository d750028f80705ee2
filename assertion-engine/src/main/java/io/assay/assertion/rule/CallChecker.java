package io.assay.assertion.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.assay.assertion.event.TimeZones;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Checks calls: methods and functions; macros are checked by {@link MacroChecker}. */
final class CallChecker {
  private static final String OVER_A_WINDOW =
      "as in: window tumbling 1h, or: expect … over tumbling 1h";

  private final ExpressionChecker checker;
  private final Consumer<Issue> issues;
  private final FunctionCatalogue functions;
  private final OverloadChooser overloads;
  private final boolean pure;
  private final MacroChecker macros;

  CallChecker(ExpressionChecker checker, Consumer<Issue> issues, Reading reading) {
    this.checker = checker;
    this.issues = issues;
    this.overloads = new OverloadChooser(reading);
    this.functions = overloads.functions();
    this.pure = reading.isPure();
    this.macros = new MacroChecker(checker, pure);
  }

  Term call(Expr.Call e, Scope scope) {
    return macros
        .macro(e, scope)
        .or(() -> scope.lifting().flatMap(lifting -> lifting.lift(e, scope)))
        .orElseGet(() -> function(e, scope));
  }

  private Term function(Expr.Call e, Scope scope) {
    String name = e.function().text();
    boolean method = e.target() != null;
    Optional<Term> misplaced = method ? Optional.empty() : misplaced(e, name);
    if (misplaced.isPresent()) {
      return misplaced.get();
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
    if (isByTheOnlyCalibration(name, arguments)) {
      Optional<Term> only = calibration(e, scope);
      if (only.isEmpty()) {
        return ExpressionChecker.unknown(e.span());
      }
      arguments.add(only.get());
    }
    return chosen(e, name, named, arguments);
  }

  /** Known, but not as a function that could be called here. */
  private Optional<Term> misplaced(Expr.Call e, String name) {
    if (MacroChecker.isName(name)) {
      return Optional.of(unknownFunction(e, name, false));
    }
    if (!pure && name.equals(Unusual.FUNCTION)) {
      return Optional.of(
          checker.error(
              IssueCode.CONFLICTING_CLAUSES,
              e.span(),
              "'unusual' grades what is violated: it stands in 'severity' alone",
              Optional.of("as in: severity 1 + unusual(b.score)")));
    }
    boolean statistic = !pure && StatisticCatalogue.builtIn().names().contains(name);
    return statistic && functions.named(name).isEmpty()
        ? Optional.of(statistic(e, name))
        : Optional.empty();
  }

  private static boolean isByTheOnlyCalibration(String name, List<Term> arguments) {
    return name.equals("project")
        && arguments.size() == 1
        && Types.isA(arguments.getFirst().type(), Basic.CUBOID);
  }

  private Term chosen(Expr.Call e, String name, List<Overload> named, List<Term> arguments) {
    return overloads
        .choose(name, e.target() != null, arguments, e.span())
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
        MacroChecker.isName(name.toLowerCase(Locale.ROOT)) && !method
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
