package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Context.Versions;
import io.assay.assertion.rule.ir.Term;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Checks {@code compare VERSION by INPUT}: one input, judged by two versions of a model. */
final class VersionChecker {
  private final ExpressionChecker expressions;

  VersionChecker(ExpressionChecker expressions) {
    this.expressions = expressions;
  }

  Optional<Versions> versions(Clause.Compare clause, Scope scope) {
    Name input = clause.by();
    if (input == null) {
      expressions.error(
          IssueCode.CONFLICTING_CLAUSES,
          clause.span(),
          "releases are of embeddings; on a stream two versions judge the same input",
          Optional.of("as in: compare %s by application".formatted(clause.version().text())));
      scope.unread().damage();
      return Optional.empty();
    }
    Optional<Term> version = field(clause.version(), scope, "a version");
    Optional<Term> by = field(input, scope, "what both versions judge");
    StructType row = scope.stream().orElseThrow().type().root();
    var older = scope.declare("old", row);
    var newer = scope.declare("new", row);
    @Nullable Expr written = clause.within();
    Optional<Long> within =
        written == null
            ? Optional.empty()
            : new Amounts(expressions).duration(written, scope, "'within' of 'compare'");
    if (written != null && within.isEmpty()) {
      scope.unread().damage();
      return Optional.empty();
    }
    OptionalLong nanos = within.stream().mapToLong(Long::longValue).findFirst();
    return version.flatMap(v -> by.map(b -> new Versions(v, b, nanos, older, newer)));
  }

  private Optional<Term> field(Name name, Scope scope, String what) {
    Term term = expressions.check(new Expr.Ident(name.text(), false, name.span()), scope);
    boolean text =
        term.type() == Basic.STRING
            || term.type() == Basic.INT
            || term.type() instanceof Type.EnumOf;
    if (!text && term.type() != Basic.UNKNOWN) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          name.span(),
          "%s is a text or a whole number; '%s' is %s"
              .formatted(what, name.text(), TypeText.aOrAn(term.type())));
      return Optional.empty();
    }
    return term.type() == Basic.UNKNOWN ? Optional.empty() : Optional.of(term);
  }

  /** Which of the two is meant must be said. */
  void bothKnown(Term term, Scope scope) {
    Optional<Term> bare = bare(term, scope);
    bare.ifPresent(
        part -> {
          String name = WindowLocals.nameOf(part);
          expressions.error(
              IssueCode.UNKNOWN_NAME,
              part.span(),
              "'%s' of which version?".formatted(name),
              Optional.of("write old.%s or new.%s".formatted(name, name)));
        });
  }

  private static Optional<Term> bare(Term term, Scope scope) {
    int event = scope.event().orElseThrow().index();
    if (term instanceof Term.Select select
        && select.target() instanceof Term.Read read
        && read.local().index() == event) {
      return Optional.of(term);
    }
    return Subterms.of(term).stream().flatMap(part -> bare(part, scope).stream()).findFirst();
  }
}
