package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what is judged: elements or events, which of them, and what they are called. */
final class SubjectChecker {
  private final ClauseList clauses;
  private final ExpressionChecker expressions;
  private final Scope scope;

  SubjectChecker(ClauseList clauses, ExpressionChecker expressions, Scope scope) {
    this.clauses = clauses;
    this.expressions = expressions;
    this.scope = scope;
  }

  Optional<Each> each() {
    return clauses
        .first(Clause.Each.class)
        .map(
            clause -> {
              Term list = expressions.check(clause.list(), scope);
              Local element = scope.declare(clause.element().text(), elementOf(list));
              return new Each(element, list, where(clause.where(), element));
            });
  }

  private Optional<Term> where(@Nullable Expr written, Local element) {
    if (written == null) {
      return Optional.empty();
    }
    Term where = condition(written, "'where'");
    looksAt(element, where, written.span());
    return Optional.of(where);
  }

  /** Behind 'each' a condition of the event alone is mostly meant to select events. */
  private void looksAt(Local element, Term where, Span written) {
    if (!Subterms.isBroken(where)
        && !(where instanceof Term.Constant)
        && Subterms.reads(where).noneMatch(element::equals)) {
      expressions.error(
          IssueCode.NOT_OF_ELEMENT,
          written,
          "this 'where' selects elements, and does not look at '%s'".formatted(element.name()),
          Optional.of("to select events, write it before 'each'"));
    }
  }

  private Type elementOf(Term list) {
    if (list.type() instanceof Type.ListOf of) {
      return of.element();
    }
    if (list.type() != Basic.UNKNOWN && list.type() != Basic.DYN) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          list.span(),
          "'each' goes over a list, got %s".formatted(TypeText.aOrAn(list.type())));
      return Basic.UNKNOWN;
    }
    return Basic.DYN;
  }

  Optional<Term> where() {
    return clauses.first(Clause.Where.class).map(w -> condition(w.condition(), "'where'"));
  }

  private Term condition(Expr expr, String what) {
    Term term = expressions.check(expr, scope, Basic.BOOL, what);
    NeverViolated.condition(expressions, term, Ranges.none(), what);
    return term;
  }

  Optional<Identity> identity() {
    return clauses
        .first(Clause.Identity.class)
        .flatMap(clause -> new IdentityChecker(expressions).identity(clause, scope));
  }

  /** Those of single events; those of windows are kept by {@code windows}. */
  List<Let> lets(WindowChecker windows) {
    var lets = new ArrayList<Let>();
    for (Clause.Let let : clauses.all(Clause.Let.class)) {
      isFree(let.name());
      windows.let(let.name(), let.value()).ifPresent(lets::add);
    }
    return lets;
  }

  /** A variable that hid a field or another variable would be read as the other one. */
  private void isFree(Name name) {
    boolean variable = scope.local(name.text()).isPresent();
    StructType event = scope.stream().orElseThrow().type().root();
    if (variable || event.field(name.text()).isPresent()) {
      expressions.error(
          IssueCode.DUPLICATE,
          name.span(),
          variable
              ? "a variable is called '%s' already".formatted(name.text())
              : "%s has a field '%s' already; a variable needs a name of its own"
                  .formatted(event.name(), name.text()));
    }
  }
}
