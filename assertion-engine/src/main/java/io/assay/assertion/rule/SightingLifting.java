package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Correction.Gathered;
import io.assay.assertion.rule.ir.Correction.How;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In corrections: {@code majority(b.label)} is over all sightings of {@code b}. */
final class SightingLifting implements Lifting {
  private static final Map<String, How> NAMES =
      Map.of(
          "interpolate", How.INTERPOLATE,
          "majority", How.MAJORITY,
          "median", How.MEDIAN,
          "mean", How.MEAN);

  private final ExpressionChecker expressions;
  private final Optional<Local> followed;
  private final List<Gathered> gathered = new ArrayList<>();

  /** {@code followed}: the element, or the event, that an identity follows; none: nothing is. */
  SightingLifting(ExpressionChecker expressions, Optional<Local> followed) {
    this.expressions = expressions;
    this.followed = followed;
  }

  List<Gathered> gathered() {
    return List.copyOf(gathered);
  }

  @Override
  public Optional<Term> lift(Expr.Call call, Scope scope) {
    How how = call.target() == null ? NAMES.get(call.function().text()) : null;
    if (how == null || call.arguments().size() != 1) {
      return Optional.empty();
    }
    if (followed.isEmpty()) {
      return how == How.INTERPOLATE ? Optional.of(nothingFollowed(call)) : Optional.empty();
    }
    Term each = expressions.check(call.arguments().getFirst(), scope);
    if (each.type() instanceof Type.ListOf) {
      return Optional.empty();
    }
    if (each.type() == Basic.UNKNOWN) {
      return Optional.of(each);
    }
    if (!takes(how, each.type())) {
      return Optional.of(wrongType(call, how, each));
    }
    Type type = how == How.MEAN || how == How.MEDIAN ? averaged(each.type()) : each.type();
    Local local = scope.allocate(how.name().toLowerCase(Locale.ROOT), type);
    gathered.add(new Gathered(local, how, followed.get(), each));
    return Optional.of(new Term.Read(local, call.span()));
  }

  private Term nothingFollowed(Expr.Call call) {
    return expressions.error(
        IssueCode.MISSING_CLAUSE,
        call.span(),
        "'interpolate' goes over the sightings of an identity; this assertion follows nothing");
  }

  private static Type averaged(Type type) {
    return type == Basic.INT ? Basic.DOUBLE : type;
  }

  private static boolean takes(How how, Type type) {
    boolean measured = type.isFloating() || type == Basic.INT || type == Basic.DURATION;
    return switch (how) {
      case MAJORITY -> true;
      case MEDIAN, MEAN -> measured;
      case INTERPOLATE ->
          measured
              || type == Basic.RECT
              || type == Basic.CUBOID
              || type == Basic.TIMESTAMP
              || type instanceof Type.Vector;
    };
  }

  private Term wrongType(Expr.Call call, How how, Term each) {
    String name = call.function().text();
    return expressions.error(
        IssueCode.NO_OVERLOAD,
        each.span(),
        how == How.INTERPOLATE
            ? "'%s' takes numbers and boxes, got %s".formatted(name, TypeText.aOrAn(each.type()))
            : "'%s' takes numbers, got %s".formatted(name, TypeText.aOrAn(each.type())),
        Optional.of("the most frequent value is majority(…)"));
  }
}
