package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.Context.Imputed;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code imputed.income.confidence}: what the imputer says of a field that was missing. */
final class ImputedNames {
  private static final String PREFIX = "imputed";

  private final ExpressionChecker checker;

  ImputedNames(ExpressionChecker checker) {
    this.checker = checker;
  }

  /** Empty: it is no such name. */
  Optional<Term> term(Expr expr, Scope scope) {
    if (scope.stream().isEmpty() || !isImputed(expr) || isHidden(scope)) {
      return Optional.empty();
    }
    Optional<StructType> group = scope.imputedGroup();
    if (scope.unread().isDamaged() && group.isEmpty()) {
      return Optional.of(ExpressionChecker.unknown(expr.span()));
    }
    if (group.isEmpty()) {
      return Optional.of(
          checker.error(
              IssueCode.MISSING_CLAUSE,
              expr.span(),
              "stream '%s' imputes nothing".formatted(scope.stream().get().type().name()),
              Optional.of("add to it: impute features every 6h from last 50000 events")));
    }
    return Optional.of(
        expr instanceof Expr.Select part && part.target() instanceof Expr.Select field
            ? part(part, field, group.get(), scope)
            : checker.error(
                IssueCode.UNKNOWN_NAME,
                expr.span(),
                "'imputed' needs a field and what is asked of it",
                Optional.of("as in: imputed.income.confidence")));
  }

  private static boolean isImputed(Expr expr) {
    return switch (expr) {
      case Expr.Ident ident -> ident.name().equals(PREFIX);
      case Expr.Select select -> isImputed(select.target());
      default -> false;
    };
  }

  private static boolean isHidden(Scope scope) {
    return scope.local(PREFIX).isPresent()
        || scope.stream().orElseThrow().type().root().field(PREFIX).isPresent();
  }

  private Term part(Expr.Select asked, Expr.Select of, StructType group, Scope scope) {
    Optional<StructType.Field> field = group.field(of.field().text());
    List<String> parts =
        Arrays.stream(Imputed.Part.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList();
    int index = parts.indexOf(asked.field().text());
    if (field.isEmpty()) {
      return checker.error(
          IssueCode.UNKNOWN_FIELD,
          of.field().span(),
          "no field '%s' is imputed".formatted(of.field().text()),
          Suggestions.didYouMean(
              of.field().text(), group.fields().stream().map(StructType.Field::name).toList()));
    }
    if (index < 0) {
      return checker.error(
          IssueCode.UNKNOWN_FIELD,
          asked.field().span(),
          "an imputed field has value, confidence and attention, not '%s'"
              .formatted(asked.field().text()),
          Suggestions.didYouMean(asked.field().text(), parts));
    }
    Imputed.Part part = Imputed.Part.valueOf(parts.get(index).toUpperCase(Locale.ROOT));
    Type type =
        switch (part) {
          case VALUE -> field.get().type();
          case CONFIDENCE -> Basic.RATIO;
          case ATTENTION -> new Type.MapOf(Basic.STRING, Basic.DOUBLE);
        };
    String name = "%s.%s.%s".formatted(PREFIX, field.get().name(), parts.get(index));
    return new Term.Read(scope.give(name, type), asked.span());
  }

  /** Those that expressions have used. */
  static List<Imputed> used(Scope scope) {
    return scope.given().stream()
        .filter(local -> local.name().startsWith(PREFIX + "."))
        .flatMap(local -> used(local, scope).stream())
        .toList();
  }

  private static Optional<Imputed> used(Local local, Scope scope) {
    String[] words = local.name().split("\\.", -1);
    return scope
        .imputedGroup()
        .flatMap(group -> group.field(words[1]))
        .map(
            field ->
                new Imputed(field, Imputed.Part.valueOf(words[2].toUpperCase(Locale.ROOT)), local));
  }
}
