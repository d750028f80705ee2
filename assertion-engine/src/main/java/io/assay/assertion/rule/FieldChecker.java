package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.Text;
import io.assay.assertion.rule.ast.TypeNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks fields: their types, and by how much their values may differ. */
final class FieldChecker {
  private final FieldSources sources;
  private final List<String> featureNames;
  private final Consumer<Issue> issues;
  private final Map<String, Double> tolerances = new LinkedHashMap<>();

  /**
   * @param sized whether the stream says how large its images are
   * @param featureNames what {@code map<field, …>} may have as keys
   */
  FieldChecker(boolean sized, List<String> featureNames, Consumer<Issue> issues) {
    this.sources = new FieldSources(sized, issues);
    this.featureNames = List.copyOf(featureNames);
    this.issues = issues;
  }

  List<StructType.Draft> drafts(List<FieldDecl> fields, String owner) {
    Map<String, StructType.Draft> drafts = new LinkedHashMap<>();
    for (FieldDecl field : fields) {
      if (drafts.putIfAbsent(field.name().text(), draft(field, owner)) != null) {
        duplicate(field.name(), owner);
      }
    }
    return new ArrayList<>(drafts.values());
  }

  StructType.Draft draft(FieldDecl field, String owner) {
    TypeNode node = field.type() instanceof TypeNode.Maybe maybe ? maybe.type() : field.type();
    Type type = type(node, owner + "." + field.name().text());
    if (!field.alike().isEmpty()) {
      type = alike(field, type);
    }
    tolerance(field, type, owner + "." + field.name().text());
    return new StructType.Draft(
        field.name().text(),
        type,
        field.type() instanceof TypeNode.Maybe,
        field.isPrivate(),
        sources.source(field, node, type));
  }

  private void tolerance(FieldDecl field, Type type, String path) {
    if (field.tolerance() == null || type == Basic.UNKNOWN) {
      return;
    }
    if (!type.isFloating() && type != Basic.INT && type != Basic.DURATION) {
      error(
          IssueCode.WRONG_TYPE,
          field.tolerance().span(),
          "only numbers, lengths and durations have a tolerance; this is %s"
              .formatted(TypeText.aOrAn(type)),
          null);
      return;
    }
    new Amounts(new ExpressionChecker(issues))
        .constant(field.tolerance(), Scope.ofConstants(Map.of()), type, "'tolerance'")
        .ifPresent(
            constant -> {
              double size = ((Number) constant.value()).doubleValue();
              if (size < 0) {
                error(IssueCode.OUT_OF_BOUNDS, constant.span(), "a tolerance is 0 or more", null);
              }
              tolerances.put(path, Math.abs(size));
            });
  }

  /** By field, as in {@code camera.boxes.score}: by how much its values may differ and agree. */
  Map<String, Double> tolerances() {
    return tolerances;
  }

  void duplicate(Name name, String owner) {
    error(
        IssueCode.DUPLICATE,
        name.span(),
        "%s has a field '%s' already".formatted(owner, name.text()),
        null);
  }

  /** Of {@code camera.boxes} the field. */
  private static String last(String owner) {
    return owner.substring(owner.lastIndexOf('.') + 1);
  }

  private Type type(TypeNode node, String owner) {
    return switch (node) {
      case TypeNode.Simple simple -> simple(simple.name());
      case TypeNode.Timestamp ignored -> Basic.TIMESTAMP;
      case TypeNode.Length length -> length(length);
      case TypeNode.OneOf oneOf -> oneOf(oneOf);
      case TypeNode.Vector vector -> vector(vector);
      case TypeNode.ListOf(TypeNode.Fields record, Span ignored) ->
          new Type.ListOf(StructType.of(owner, drafts(record.fields(), owner)));
      case TypeNode.ListOf list -> new Type.ListOf(type(list.element(), owner));
      case TypeNode.Fields record -> StructType.of(owner, drafts(record.fields(), owner));
      case TypeNode.MapOf map -> new Type.MapOf(key(map.key(), owner), type(map.value(), owner));
      case TypeNode.Maybe maybe -> type(maybe.type(), owner);
      case TypeNode.Unknown unknown -> {
        issues.accept(TypeNames.unknown(unknown.name().text(), unknown.span(), last(owner)));
        yield Basic.UNKNOWN;
      }
    };
  }

  /** The keys of JSON objects are texts; those of attributions are names of features. */
  private Type key(TypeNode node, String owner) {
    if (node instanceof TypeNode.Unknown unknown && unknown.name().text().equals("field")) {
      return featureNames.isEmpty() ? Basic.STRING : new Type.EnumOf(featureNames, List.of());
    }
    Type type = type(node, owner);
    if (type != Basic.STRING && type != Basic.UNKNOWN && !(type instanceof Type.EnumOf)) {
      error(
          IssueCode.WRONG_TYPE,
          node.span(),
          "the keys of a map come as texts, not as %s".formatted(TypeText.aOrAn(type)),
          "as in: map<string, double>, map<field, double>");
      return Basic.STRING;
    }
    return type;
  }

  private Type simple(Name name) {
    Basic type = Basic.valueOf(name.text().toUpperCase(Locale.ROOT));
    if (type == Basic.UINT) {
      error(
          IssueCode.UNKNOWN_TYPE,
          name.span(),
          "streams have no unsigned integers",
          "declare it as int");
      return Basic.INT;
    }
    return type;
  }

  private Type length(TypeNode.Length length) {
    if (length.unit() != null && !length.unit().text().startsWith("metre")) {
      error(
          IssueCode.UNKNOWN_UNIT,
          length.unit().span(),
          "lengths are read in metres, not in '%s'".formatted(length.unit().text()),
          "write length(metres)");
    }
    return Basic.LENGTH;
  }

  private Type oneOf(TypeNode.OneOf node) {
    var values = new ArrayList<String>();
    for (Text value : node.values()) {
      if (values.contains(value.value())) {
        error(
            IssueCode.DUPLICATE,
            value.span(),
            "the enum has '%s' already".formatted(value.value()),
            null);
      } else {
        values.add(value.value());
      }
    }
    return new Type.EnumOf(values, List.of());
  }

  private Type vector(TypeNode.Vector node) {
    if (node.dimensions() == null || node.dimensions() < 1) {
      error(
          IssueCode.OUT_OF_BOUNDS,
          node.span(),
          "a vector needs its number of dimensions",
          "as in: vector(256)");
      return Basic.UNKNOWN;
    }
    return new Type.Vector(node.dimensions());
  }

  private Type alike(FieldDecl field, Type type) {
    if (!(type instanceof Type.EnumOf values)) {
      error(
          IssueCode.WRONG_TYPE,
          field.name().span(),
          "only the values of an enum can be alike, '%s' is %s"
              .formatted(field.name().text(), TypeText.aOrAn(type)),
          null);
      return type;
    }
    var groups = new ArrayList<List<String>>();
    for (List<Text> group : field.alike()) {
      if (group.size() == 1) {
        error(
            IssueCode.OUT_OF_BOUNDS,
            group.get(0).span(),
            "'%s' alone is alike nothing".formatted(group.get(0).value()),
            "name all values that may stand for each other: alike (\"car\", \"van\")");
      }
      for (Text value : group) {
        if (!values.values().contains(value.value())) {
          error(
              IssueCode.UNKNOWN_VALUE,
              value.span(),
              "the enum has no value '%s'".formatted(value.value()),
              Suggestions.didYouMean(value.value(), values.values()).orElse(null));
        }
      }
      groups.add(group.stream().map(Text::value).toList());
    }
    return new Type.EnumOf(values.values(), groups);
  }

  private void error(IssueCode code, Span span, String message, @Nullable String suggestion) {
    issues.accept(new Issue(code, span, message, Optional.ofNullable(suggestion)));
  }
}
