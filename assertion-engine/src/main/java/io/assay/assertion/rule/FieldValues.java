package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks values that a test writes for fields of events. */
final class FieldValues {
  private final ExpressionChecker expressions;
  private final Scope scope;
  private final Function<Local, List<Term>> generated;

  FieldValues(ExpressionChecker expressions, Scope scope) {
    this(expressions, scope, local -> List.of());
  }

  /** {@code generated}: of the variable of a generator, what it takes from; of others nothing. */
  FieldValues(ExpressionChecker expressions, Scope scope, Function<Local, List<Term>> generated) {
    this.expressions = expressions;
    this.scope = scope;
    this.generated = generated;
  }

  /** The values of an element; those that are wrong are left out. */
  List<Value> values(StructType type, List<Setting> settings, boolean damaged) {
    return settings.stream()
        .flatMap(
            setting ->
                field(type, setting.name(), damaged)
                    .flatMap(field -> value(field, setting.value()))
                    .stream())
        .toList();
  }

  Optional<StructType.Field> field(StructType type, Name name, boolean damaged) {
    Optional<StructType.Field> field = type.field(name.text());
    if (field.isEmpty() && !damaged) {
      List<String> known = type.fields().stream().map(StructType.Field::name).toList();
      expressions.error(
          IssueCode.UNKNOWN_FIELD,
          name.span(),
          "unknown field '%s' of %s".formatted(name.text(), type.name()),
          Suggestions.didYouMean(name.text(), known));
    }
    return field;
  }

  /** Whether each value that it may have is null or of the type. */
  private boolean fits(Term term, Type type) {
    return switch (term) {
      case Term.Conditional c -> fits(c.then(), type) && fits(c.otherwise(), type);
      case Term.Read read when !generated.apply(read.local()).isEmpty() ->
          generated.apply(read.local()).stream().allMatch(v -> fits(v, type));
      default ->
          term.type() == Basic.NULL
              || Types.isA(OverloadChooser.promoted(term, type).orElse(term).type(), type)
              || (type instanceof Type.EnumOf && term.type() == Basic.STRING);
    };
  }

  Optional<Value> value(StructType.Field field, Expr expr) {
    Term term = expressions.check(expr, scope);
    if (field.optional() && term.type() == Basic.DYN && fits(term, field.type())) {
      return Optional.of(new Value(field.name(), term));
    }
    if (term.type() == Basic.NULL && field.optional()) {
      return Optional.of(new Value(field.name(), term));
    }
    Term fitted = OverloadChooser.promoted(term, field.type()).orElse(term);
    if (fitted.type() == Basic.UNKNOWN || field.type() == Basic.UNKNOWN) {
      return Optional.empty();
    }
    // A wrong value is a test's good right where the type can hold it: an enum's unknown value is
    // one.
    boolean text = field.type() instanceof Type.EnumOf && fitted.type() == Basic.STRING;
    if (!text && !Types.isA(fitted.type(), field.type())) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          term.span(),
          term.type() == Basic.DYN
              ? "'%s' is %s, and not all of these values are"
                  .formatted(field.name(), TypeText.aOrAn(field.type()))
              : "'%s' is %s, got %s"
                  .formatted(
                      field.name(), TypeText.aOrAn(field.type()), TypeText.aOrAn(term.type())));
      return Optional.empty();
    }
    return Optional.of(new Value(field.name(), fitted));
  }
}
