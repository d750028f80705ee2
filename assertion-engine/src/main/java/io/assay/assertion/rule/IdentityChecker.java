package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Term;
import java.util.Optional;

/** Checks what makes two elements the same thing in the world. */
final class IdentityChecker {
  private final ExpressionChecker expressions;
  private final Amounts amounts;

  IdentityChecker(ExpressionChecker expressions) {
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
  }

  Optional<Identity> identity(Clause.Identity clause, Scope scope) {
    Optional<Bound> coasting =
        Optional.ofNullable(clause.coasting())
            .flatMap(bound -> amounts.bound(bound, scope, "'coasting'"));
    if (clause.expression() instanceof Expr.Binary binary && isOverlap(binary.left())) {
      return overlap(binary, (Expr.Call) binary.left(), coasting, scope);
    }
    if (isOverlap(clause.expression())) {
      return missingShare(clause.expression());
    }
    if (clause.coasting() != null) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          clause.coasting().span(),
          "only an identity by overlap coasts; an identity by value is known again at once");
    }
    return byValue(clause.expression(), scope);
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
          : amounts.notConstant(share.span(), "the share of 'overlap'");
    }
    if (least <= 0 || least > 1) {
      expressions.error(
          IssueCode.OUT_OF_BOUNDS,
          span,
          "the share of 'overlap' lies above 0 and up to 1, got %s"
              .formatted(TypeText.number(least)));
      return Optional.empty();
    }
    return Optional.of(new Identity.ByOverlap(area, least, coasting));
  }

  private static Optional<String> instead(Type type) {
    if (type instanceof StructType) {
      return Optional.of("take one of its fields, as in: identity b.track");
    }
    return type == Basic.RECT || type == Basic.BOOL
        ? Optional.of("for boxes write: identity overlap(b.area) >= 0.3")
        : Optional.empty();
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
          instead(value.type()));
    }
    return Optional.of(new Identity.ByValue(value));
  }
}
