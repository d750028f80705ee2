package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.Given;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Setting;
import io.assay.assertion.rule.ir.CheckedTest.Given.Records;
import io.assay.assertion.rule.ir.CheckedTest.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what a series gives for the fields of its events, each field once. */
final class SeriesFields {
  private final ExpressionChecker expressions;
  private final Generators generators;
  private final FieldValues fields;
  private final StructType root;
  private final boolean damaged;
  private final Set<String> given = new HashSet<>();
  private final List<Value> values = new ArrayList<>();
  private final List<Records> records = new ArrayList<>();

  SeriesFields(
      ExpressionChecker expressions, Scope scope, Generators generators, CheckedStream stream) {
    this.expressions = expressions;
    this.generators = generators;
    this.fields = new FieldValues(expressions, scope, generators::takesFrom);
    this.root = stream.type().root();
    this.damaged = stream.damaged();
  }

  List<Value> values() {
    return List.copyOf(values);
  }

  List<Records> records() {
    return List.copyOf(records);
  }

  void take(Given.Value value) {
    Optional<StructType.Field> field = fields.field(root, value.field(), damaged);
    if (field.isEmpty() || !isFirst(value.field())) {
      return;
    }
    switch (value) {
      case Given.Scalar scalar -> scalar(field.get(), scalar);
      case Given.Records record -> records(field.get(), record);
    }
  }

  private boolean isFirst(Name name) {
    boolean first = given.add(name.text());
    if (!first) {
      expressions.error(
          IssueCode.DUPLICATE,
          name.span(),
          "'%s' is given twice".formatted(name.text()),
          root.field(name.text()).filter(SeriesFields::isListOfRecords).isPresent()
              ? Optional.of(
                  "several elements of one event: %s of { … }, { … }".formatted(name.text()))
              : Optional.empty());
    }
    return first;
  }

  private static boolean isListOfRecords(StructType.Field field) {
    return field.type() instanceof Type.ListOf(StructType ignored);
  }

  private void scalar(StructType.Field field, Given.Scalar scalar) {
    boolean record = field.type() instanceof StructType;
    boolean written =
        scalar.value() instanceof Expr.MapLiteral
            || scalar.value() instanceof Expr.StructLiteral
            || (scalar.value() instanceof Expr.ListLiteral list && !list.elements().isEmpty());
    if (written && (record || isListOfRecords(field))) {
      expressions.error(
          IssueCode.BAD_TEST,
          scalar.value().span(),
          "'%s' is a %s, whose values stand in braces behind 'of'"
              .formatted(field.name(), record ? "record" : "list of records"),
          Optional.of(
              "write %s of { %s … }%s"
                  .formatted(field.name(), example(field), record ? "" : ", { … }")));
      return;
    }
    generators.of("", field);
    fields.value(field, scalar.value()).ifPresent(values::add);
  }

  private static String example(StructType.Field field) {
    Type type = field.type() instanceof Type.ListOf(Type element) ? element : field.type();
    return type instanceof StructType struct && !struct.fields().isEmpty()
        ? struct.fields().getFirst().name() + ":"
        : "";
  }

  private void records(StructType.Field field, Given.Records given) {
    switch (field.type()) {
      case StructType type -> {
        if (given.records().size() > 1) {
          expressions.error(
              IssueCode.BAD_TEST,
              given.records().get(1).span(),
              "'%s' is one record, got %d".formatted(field.name(), given.records().size()));
        }
        records.add(
            new Records(
                field.name(),
                false,
                List.of(record(type, field.name() + ".", given.records().getFirst()))));
      }
      case Type.ListOf(StructType type) ->
          records.add(new Records(field.name(), true, elements(type, given)));
      default ->
          expressions.error(
              IssueCode.BAD_TEST,
              given.field().span(),
              "'%s' is neither a record nor a list of records".formatted(field.name()),
              Optional.of("a value stands behind the name alone"));
    }
  }

  /** Each element has chances of its own. */
  private List<List<Value>> elements(StructType type, Given.Records given) {
    var elements = new ArrayList<List<Value>>();
    for (Given.Fields element : given.records()) {
      String place = elements.isEmpty() ? "" : "[" + elements.size() + "]";
      elements.add(record(type, given.field().text() + place + ".", element));
    }
    return elements;
  }

  private List<Value> record(StructType type, String place, Given.Fields record) {
    var made = new ArrayList<Value>();
    for (Setting setting : record.values()) {
      type.field(setting.name().text()).ifPresent(field -> generators.of(place, field));
      made.addAll(fields.values(type, List.of(setting), damaged));
    }
    needsAll(type, record);
    return made;
  }

  private void needsAll(StructType type, Given.Fields record) {
    if (damaged || record.values().stream().anyMatch(s -> type.field(s.name().text()).isEmpty())) {
      return;
    }
    for (StructType.Field field : type.fields()) {
      boolean has = record.values().stream().anyMatch(s -> s.name().text().equals(field.name()));
      if (!has && !field.optional()) {
        expressions.error(
            IssueCode.BAD_TEST,
            record.span(),
            "the record has no '%s', which %s needs".formatted(field.name(), type.name()));
      }
    }
  }
}
