package io.assay.assertion.rule;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;

/**
 * {@code imputed.income.confidence}: what the imputer says of a field that was missing. It is a
 * field like others; here is what goes wrong with it.
 */
final class ImputedNames {
  private static final List<String> PARTS =
      List.of(Imputed.VALUE, Imputed.CONFIDENCE, Imputed.ATTENTION);

  private final ExpressionChecker checker;

  ImputedNames(ExpressionChecker checker) {
    this.checker = checker;
  }

  /** Empty: it is no such name, or all is well with it. */
  Optional<Term> term(Expr expr, Scope scope) {
    if (scope.stream().isEmpty() || !isImputed(expr) || scope.local(Imputed.NAME).isPresent()) {
      return Optional.empty();
    }
    CheckedStream stream = scope.stream().get();
    if (stream.type().imputed().isPresent()) {
      return wrong(expr, stream.type().imputed().get());
    }
    if (stream.type().root().field(Imputed.NAME).isPresent()) {
      return Optional.empty();
    }
    if (scope.unread().isDamaged()) {
      return Optional.of(ExpressionChecker.unknown(expr.span()));
    }
    return Optional.of(
        checker.error(
            IssueCode.MISSING_CLAUSE,
            expr.span(),
            "stream '%s' imputes nothing".formatted(stream.type().name()),
            Optional.of("add to it: impute features every 6h from last 50000 events")));
  }

  private static boolean isImputed(Expr expr) {
    return switch (expr) {
      case Expr.Ident ident -> ident.name().equals(Imputed.NAME);
      case Expr.Select select -> isImputed(select.target());
      default -> false;
    };
  }

  private Optional<Term> wrong(Expr expr, Imputed imputed) {
    if (!(expr instanceof Expr.Select select)) {
      return Optional.empty();
    }
    if (select.target() instanceof Expr.Ident) {
      return field(select.field(), imputed);
    }
    return select.target() instanceof Expr.Select of && of.target() instanceof Expr.Ident
        ? field(of.field(), imputed).or(() -> part(select.field()))
        : Optional.empty();
  }

  private Optional<Term> field(Name name, Imputed imputed) {
    List<String> filled =
        imputed.fields().fields().stream()
            .filter(field -> imputed.of(field).isPresent())
            .map(StructType.Field::name)
            .toList();
    if (filled.contains(name.text())) {
      return Optional.empty();
    }
    return Optional.of(
        checker.error(
            IssueCode.UNKNOWN_FIELD,
            name.span(),
            "no field '%s' is imputed".formatted(name.text()),
            Suggestions.didYouMean(name.text(), filled)));
  }

  private Optional<Term> part(Name name) {
    if (PARTS.contains(name.text())) {
      return Optional.empty();
    }
    return Optional.of(
        checker.error(
            IssueCode.UNKNOWN_FIELD,
            name.span(),
            "an imputed field has value, confidence and attention, not '%s'".formatted(name.text()),
            Suggestions.didYouMean(name.text(), PARTS)));
  }
}
