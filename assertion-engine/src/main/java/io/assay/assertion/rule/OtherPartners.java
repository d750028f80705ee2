package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;

/**
 * Under {@code present in at least n of m} one match says it for all partners: a list of the same
 * name is held against the same side by the same condition.
 */
final class OtherPartners {
  private final ExpressionChecker expressions;
  private final Sides sides;

  OtherPartners(ExpressionChecker expressions, Sides sides) {
    this.expressions = expressions;
    this.sides = sides;
  }

  /** Makes a side of a list; gives its place. */
  interface Sides {
    int side(Name element, Expr list, Scope scope);
  }

  void add(Clause.Match match, List<Kind.Pairing> pairings, Scope scope) {
    if (!(match.rightList() instanceof Expr.Select list)
        || !(list.target() instanceof Expr.Ident matched)) {
      return;
    }
    List<Local> partners =
        scope.locals(
            l ->
                l.type() instanceof StructType struct
                    && struct.name().equals(l.name())
                    && !l.name().equals(matched.name()));
    for (Local partner : partners) {
      Optional<Type> field =
          ((StructType) partner.type()).field(list.field().text()).map(StructType.Field::type);
      if (field.filter(Type.ListOf.class::isInstance).isEmpty()) {
        expressions.error(
            IssueCode.MISSING_CLAUSE,
            match.span(),
            "stream '%s' has no list '%s' to be matched like that of '%s'"
                .formatted(partner.name(), list.field().text(), matched.name()),
            Optional.of("write one more 'match' for it"));
        continue;
      }
      Expr of = new Expr.Ident(partner.name(), false, matched.span());
      Scope inner = scope.child();
      int right = sides.side(match.right(), new Expr.Select(of, list.field(), list.span()), inner);
      Term where = expressions.check(match.where(), inner, Basic.BOOL, "'match … where'");
      pairings.add(new Kind.Pairing(pairings.getFirst().left(), right, where));
    }
  }
}
