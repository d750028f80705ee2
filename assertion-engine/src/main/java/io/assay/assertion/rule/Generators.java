package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.CheckedTest.Generator;
import io.assay.assertion.rule.ir.CheckedTest.Generator.How;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the calls that make another value for each event of a series out of its expressions: {@code
 * cycle}, {@code choice}, {@code uniform}, {@code normal}, {@code ramp}. They exist nowhere else.
 */
final class Generators implements Lifting {
  private static final Map<String, How> NAMES =
      Map.of(
          "cycle", How.CYCLE,
          "choice", How.CHOICE,
          "uniform", How.UNIFORM,
          "normal", How.NORMAL,
          "ramp", How.RAMP);

  private final ExpressionChecker expressions;
  private final Scope series;
  private final List<Generator> made = new ArrayList<>();
  private String place = "";
  private int inPlace;
  private boolean share;

  /** {@code series} knows the index; variables of macros change within an event. */
  Generators(ExpressionChecker expressions, Scope series) {
    this.expressions = expressions;
    this.series = series;
  }

  List<Generator> made() {
    return List.copyOf(made);
  }

  /** What the generator behind a variable takes from; nothing where it makes numbers. */
  List<Term> takesFrom(Local local) {
    return made.stream()
        .filter(generator -> generator.local().equals(local))
        .filter(generator -> generator.how() == How.CYCLE || generator.how() == How.CHOICE)
        .findFirst()
        .map(Generator::arguments)
        .orElse(List.of());
  }

  /** What is checked from here on is the value of this field. */
  void of(String prefix, StructType.Field field) {
    place = prefix + field.name();
    inPlace = 0;
    share = field.type() == Basic.RATIO;
  }

  @Override
  public Optional<Term> lift(Expr.Call call, Scope scope) {
    if (call.target() != null) {
      return Optional.empty();
    }
    How how = NAMES.get(call.function().text());
    return how == null ? misspelt(call) : Optional.of(generator(call, how));
  }

  private Optional<Term> misspelt(Expr.Call call) {
    String name = call.function().text();
    if (!FunctionCatalogue.builtIn().named(name).isEmpty()) {
      return Optional.empty();
    }
    return Suggestions.didYouMean(name, NAMES.keySet())
        .map(
            meant ->
                expressions.error(
                    IssueCode.UNKNOWN_FUNCTION,
                    call.function().span(),
                    "unknown function '%s'".formatted(name),
                    Optional.of(meant)));
  }

  private Term generator(Expr.Call call, How how) {
    String name = call.function().text();
    return switch (how) {
      case CYCLE, CHOICE -> oneOf(call, how, name);
      case UNIFORM, NORMAL, RAMP -> number(call, how, name);
    };
  }

  private Term oneOf(Expr.Call call, How how, String name) {
    if (call.arguments().isEmpty()) {
      return wrong(call, "'%s' needs values to take from".formatted(name), name + "(\"a\", \"b\")");
    }
    Term list = expressions.check(new Expr.ListLiteral(call.arguments(), call.span()), series);
    if (!(list instanceof Term.ListLiteral(List<Term> values, Type type, Span ignored))
        || !(type instanceof Type.ListOf(Type element))) {
      return ExpressionChecker.unknown(call.span());
    }
    if (values.stream().anyMatch(value -> value.type() == Basic.UNKNOWN)) {
      return ExpressionChecker.unknown(call.span());
    }
    List<Term> there = values.stream().filter(value -> value.type() != Basic.NULL).toList();
    if (element == Basic.DYN && Types.common(there) == Basic.DYN) {
      String message = "'%s' needs values of one type".formatted(name);
      return wrong(call, message, name + "(\"a\", \"b\")");
    }
    return make(call, how, element, values);
  }

  private Term number(Expr.Call call, How how, String name) {
    if (call.arguments().size() != 2) {
      String needed = parameters(how);
      return wrong(
          call,
          "'%s' takes two values, %s, got %d".formatted(name, needed, call.arguments().size()),
          name + "(0.2, 0.4)");
    }
    List<Term> written =
        call.arguments().stream().map(argument -> expressions.check(argument, series)).toList();
    if (written.stream().anyMatch(value -> value.type() == Basic.UNKNOWN)) {
      return ExpressionChecker.unknown(call.span());
    }
    Type first = written.getFirst().type();
    Type wanted = first == Basic.LENGTH || first == Basic.DURATION ? first : Basic.DOUBLE;
    List<Term> values =
        written.stream().map(v -> OverloadChooser.promoted(v, wanted).orElse(v)).toList();
    for (Term value : values) {
      if (!Types.isA(value.type(), wanted)) {
        return expressions.error(
            IssueCode.WRONG_TYPE,
            value.span(),
            "'%s' needs two numbers, two durations or two lengths, got %s"
                .formatted(name, TypeText.aOrAn(value.type())));
      }
    }
    return make(call, how, wanted, values);
  }

  private static String parameters(How how) {
    return switch (how) {
      case UNIFORM -> "the lowest and the highest";
      case NORMAL -> "the mean and the deviation";
      case RAMP -> "the first and the last";
      case CYCLE, CHOICE -> "values";
    };
  }

  private Term make(Expr.Call call, How how, Type type, List<Term> values) {
    Local local = series.allocate("$" + place, type);
    made.add(new Generator(local, how, values, place + "#" + inPlace++, share));
    return new Term.Read(local, call.span());
  }

  private Term wrong(Expr.Call call, String message, String example) {
    return expressions.error(
        IssueCode.BAD_TEST, call.span(), message, Optional.of("as in: " + example));
  }
}
