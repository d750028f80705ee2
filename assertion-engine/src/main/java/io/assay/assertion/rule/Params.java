package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.ParamDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The parameters of a rule set: declared with a value, given another from outside. */
final class Params {
  private final Map<String, String> overrides;
  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;
  private final Map<String, Term.Constant> global = new HashMap<>();
  private final Set<String> declared = new HashSet<>();

  Params(Map<String, String> overrides, Consumer<Issue> issues) {
    this.overrides = new TreeMap<>(overrides);
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
  }

  void declare(ParamDecl param) {
    global.putIfAbsent(param.name().text(), value(param, global));
  }

  Map<String, Term.Constant> global() {
    return global;
  }

  /** Those of the set and those of one assertion, which hide them. */
  Map<String, Term.Constant> with(List<Clause> clauses) {
    if (clauses.stream().noneMatch(Clause.Param.class::isInstance)) {
      return global;
    }
    Map<String, Term.Constant> all = new HashMap<>(global);
    for (Clause clause : clauses) {
      if (clause instanceof Clause.Param(ParamDecl param)) {
        all.put(param.name().text(), value(param, all));
      }
    }
    return all;
  }

  /** Of type UNKNOWN where it is wrong, so that its uses are not told again. */
  private Term.Constant value(ParamDecl param, Map<String, Term.Constant> known) {
    String name = param.name().text();
    declared.add(name);
    Term term = expressions.check(param.value(), Scope.ofConstants(known));
    if (!(term instanceof Term.Constant constant)) {
      expressions.error(
          IssueCode.NOT_CONSTANT,
          param.value().span(),
          "parameter '%s' needs a constant: a number, a duration, a text".formatted(name));
      return unknown(param);
    }
    String given = overrides.get(name);
    return given == null || constant.type() == Basic.UNKNOWN
        ? constant
        : override(name, given, constant.type()).orElseGet(() -> unknown(param));
  }

  private static Term.Constant unknown(ParamDecl param) {
    return new Term.Constant(Term.Null.NULL, Basic.UNKNOWN, param.span());
  }

  private Optional<Term.Constant> override(String name, String given, Type wanted) {
    var source = new SourceFile("--set " + name, given);
    var failed = new boolean[1];
    Consumer<Issue> noting =
        issue -> {
          failed[0] = true;
          issues.accept(issue);
        };
    Optional<Expr> expr = RuleParser.parseExpression(given, new Spans(source), noting);
    if (expr.isEmpty() || failed[0]) {
      return Optional.empty();
    }
    Term term =
        new ExpressionChecker(issues)
            .check(
                expr.get(), Scope.ofConstants(Map.of()), wanted, "parameter '%s'".formatted(name));
    return term instanceof Term.Constant constant && constant.type() != Basic.UNKNOWN
        ? Optional.of(constant)
        : Optional.empty();
  }

  /** Once all assertions were read. */
  void unknownOverrides() {
    overrides.forEach(
        (name, value) -> {
          if (!declared.contains(name)) {
            Span span = new Span("--set " + name, 0, value.length(), 1, 1);
            issues.accept(
                new Issue(
                    IssueCode.UNKNOWN_PARAMETER,
                    span,
                    "no file declares a parameter '%s'".formatted(name),
                    Suggestions.didYouMean(name, declared)
                        .or(
                            () ->
                                declared.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of("declared are " + String.join(", ", declared)))));
          }
        });
  }
}
