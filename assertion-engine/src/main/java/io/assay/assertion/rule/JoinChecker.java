package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Context.Join;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks which events of other streams belong to an event, and puts their names in scope. */
final class JoinChecker {
  private final Declarations declared;
  private final ExpressionChecker expressions;
  private final Amounts amounts;

  JoinChecker(Declarations declared, ExpressionChecker expressions) {
    this.declared = declared;
    this.expressions = expressions;
    this.amounts = new Amounts(expressions);
  }

  Optional<Join> join(Clause.Join clause, Scope scope) {
    Optional<Join.How> how = how(clause, scope);
    var partners = new ArrayList<Join.Partner>();
    for (Name name : clause.partners()) {
      declared.stream(name, expressions).ifPresent(s -> partner(name, s, scope, partners));
    }
    if (partners.isEmpty()) {
      // The one that was meant is not known, so what is asked of it is not told.
      scope.unread().damage();
    }
    return how.filter(ignored -> !partners.isEmpty()).map(h -> new Join(partners, h));
  }

  private void partner(Name name, CheckedStream stream, Scope scope, List<Join.Partner> partners) {
    String on = scope.stream().orElseThrow().type().name();
    boolean twice = partners.stream().anyMatch(p -> p.stream().name().equals(name.text()));
    if (twice || name.text().equals(on)) {
      expressions.error(
          IssueCode.DUPLICATE,
          name.span(),
          twice
              ? "stream '%s' is joined already".formatted(name.text())
              : "'%s' is the assertion's own stream; join another".formatted(name.text()));
      return;
    }
    sameKey(name, stream, scope.stream().orElseThrow());
    if (stream.damaged()) {
      scope.unread().damage();
    }
    partners.add(
        new Join.Partner(
            stream.type(), scope.declare(name.text(), stream.type().root()), Set.of()));
  }

  private void sameKey(Name name, CheckedStream partner, CheckedStream on) {
    Type theirs = partner.type().key().type();
    Type ours = on.type().key().type();
    if (!Types.comparable(theirs, ours)) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          name.span(),
          "streams are joined by their keys: '%s' is %s, '%s' of '%s' is %s"
              .formatted(
                  on.type().key().name(),
                  TypeText.aOrAn(ours),
                  partner.type().key().name(),
                  partner.type().name(),
                  TypeText.aOrAn(theirs)));
    }
  }

  private Optional<Join.How> how(Clause.Join clause, Scope scope) {
    Clause.Join.AsOf asOf = clause.asOf();
    if (asOf == null) {
      return clause.within() == null
          ? Optional.empty()
          : amounts.duration(clause.within(), scope, "'join within'").map(Join.How.Nearest::new);
    }
    Name name = asOf.time();
    Term time =
        name == null
            ? new Term.Select(
                new Term.Read(scope.event().orElseThrow(), clause.span()),
                scope.stream().orElseThrow().type().time(),
                clause.span())
            : expressions.check(
                new io.assay.assertion.rule.ast.Expr.Ident(name.text(), false, name.span()),
                scope,
                Basic.TIMESTAMP,
                "'as of'");
    return amounts
        .duration(asOf.atMostOld(), scope, "'at most … old'")
        .map(nanos -> new Join.How.AsOf(time, nanos));
  }
}
