package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks the calibrations of a stream. Expressions know one as the list of its twelve numbers, row
 * by row, so that other numbers are another judgement.
 */
final class Calibrations {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;

  private final Consumer<Issue> issues;
  private final ExpressionChecker expressions;

  Calibrations(Consumer<Issue> issues) {
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
  }

  Map<String, Term.Constant> of(StreamDecl declaration, StreamType type) {
    Map<String, Term.Constant> found = new LinkedHashMap<>();
    for (StreamItem item : declaration.items()) {
      if (item instanceof StreamItem.Calibration calibration) {
        String name = calibration.name().text();
        if (type.root().field(name).isPresent() || found.containsKey(name)) {
          issues.accept(
              new Issue(
                  IssueCode.DUPLICATE,
                  calibration.name().span(),
                  "stream '%s' has a field or calibration '%s' already"
                      .formatted(type.name(), name)));
        }
        found.putIfAbsent(name, matrix(calibration));
      }
    }
    return found;
  }

  private Term.Constant matrix(StreamItem.Calibration calibration) {
    var numbers = new ArrayList<Double>();
    boolean wellFormed = read(calibration.matrix(), numbers);
    if (!wellFormed || numbers.size() != ROWS * COLUMNS) {
      return wrong(calibration, "a calibration is three rows of four numbers");
    }
    if (numbers.subList(2 * COLUMNS, ROWS * COLUMNS).stream().allMatch(n -> n == 0)) {
      return wrong(calibration, "the third row gives the depth; with zeros alone there is none");
    }
    return new Term.Constant(
        List.copyOf(numbers), new Type.ListOf(Basic.DOUBLE), calibration.span());
  }

  /** In rows, or one number after another. */
  private boolean read(Expr expr, List<Double> into) {
    if (!(expr instanceof Expr.ListLiteral list)) {
      return false;
    }
    boolean rows = list.elements().stream().allMatch(Expr.ListLiteral.class::isInstance);
    if (rows && list.elements().size() == ROWS) {
      return list.elements().stream()
          .allMatch(
              row -> ((Expr.ListLiteral) row).elements().size() == COLUMNS && read(row, into));
    }
    return list.elements().stream().allMatch(element -> number(element, into));
  }

  private boolean number(Expr expr, List<Double> into) {
    Term term = expressions.check(expr, Scope.ofConstants(Map.of()));
    if (!(term instanceof Term.Constant constant)) {
      return false;
    }
    double number =
        switch (constant.value()) {
          case Double real -> real;
          case Long whole when constant.type() == Basic.INT -> whole;
          default -> Double.NaN;
        };
    into.add(number);
    return Double.isFinite(number);
  }

  private Term.Constant wrong(StreamItem.Calibration calibration, String message) {
    issues.accept(
        new Issue(
            IssueCode.OUT_OF_BOUNDS,
            calibration.matrix().span(),
            message,
            java.util.Optional.of("as in: [[720, 0, 620, 0], [0, 720, 190, 0], [0, 0, 1, 0]]")));
    return new Term.Constant(Term.Null.NULL, Basic.UNKNOWN, calibration.span());
  }
}
