package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.MappingNode;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
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

/** Checks fields: their types, and where and how their values are found in a payload. */
final class FieldChecker {
  private static final Map<String, Reading> EPOCHS =
      Map.of(
          "seconds", Reading.EPOCH_SECONDS,
          "millis", Reading.EPOCH_MILLIS,
          "micros", Reading.EPOCH_MICROS,
          "nanos", Reading.EPOCH_NANOS);
  private static final Map<String, String> EPOCH_SYMBOLS =
      Map.of("s", "seconds", "ms", "millis", "us", "micros", "ns", "nanos");
  private static final List<String> CONVENTIONS = List.of("xyxy", "centre", "xywh", "normalised");

  private final boolean sized;
  private final List<String> featureNames;
  private final Consumer<Issue> issues;
  private final Map<String, Double> tolerances = new LinkedHashMap<>();

  /**
   * @param sized whether the stream says how large its images are
   * @param featureNames what {@code map<field, …>} may have as keys
   */
  FieldChecker(boolean sized, List<String> featureNames, Consumer<Issue> issues) {
    this.sized = sized;
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
        source(field, node, type));
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

  private Source source(FieldDecl field, TypeNode node, Type type) {
    Reading reading = Reading.PLAIN;
    if (node instanceof TypeNode.Timestamp timestamp && timestamp.unit() != null) {
      reading = epoch(timestamp.unit());
    }
    PathNode path = field.from();
    if (field.mapping() != null) {
      List<Name> conventions = new ArrayList<>();
      path = unwrap(field.mapping(), conventions);
      if (!conventions.isEmpty()) {
        reading = box(field, conventions, type);
      }
    }
    List<String> own = List.of(field.name().text());
    return new Source(path == null ? own : keys(path).orElse(own), reading);
  }

  private Reading epoch(Name unit) {
    Reading reading = EPOCHS.get(unit.text());
    if (reading == null) {
      error(
          IssueCode.BAD_MAPPING,
          unit.span(),
          "an epoch counts seconds, millis, micros or nanos, not '%s'".formatted(unit.text()),
          Optional.ofNullable(EPOCH_SYMBOLS.get(unit.text()))
              .map("did you mean '%s'?"::formatted)
              .or(() -> Suggestions.didYouMean(unit.text(), EPOCHS.keySet()))
              .orElse(null));
      return Reading.PLAIN;
    }
    return reading;
  }

  private @Nullable PathNode unwrap(MappingNode mapping, List<Name> conventions) {
    return switch (mapping) {
      case MappingNode.Path path -> path.path();
      case MappingNode.Call call when call.arguments().size() == 1 -> {
        conventions.add(call.convention());
        yield unwrap(call.arguments().get(0), conventions);
      }
      default -> {
        error(
            IssueCode.BAD_MAPPING,
            mapping.span(),
            "a mapping names one path in the payload",
            "as in: xyxy(bbox)");
        yield null;
      }
    };
  }

  private Reading box(FieldDecl field, List<Name> conventions, Type type) {
    if (type != Basic.RECT && type != Basic.UNKNOWN) {
      error(
          IssueCode.BAD_MAPPING,
          conventions.get(0).span(),
          "'%s' reads a rect, but '%s' is %s"
              .formatted(conventions.get(0).text(), field.name().text(), TypeText.aOrAn(type)),
          "as in: %s rect = %s(bbox)".formatted(field.name().text(), conventions.get(0).text()));
      return Reading.PLAIN;
    }
    boolean normalised = false;
    Reading corners = Reading.PLAIN;
    for (Name convention : conventions) {
      switch (convention.text()) {
        case "xyxy" -> corners = Reading.XYXY;
        case "centre", "center" -> corners = Reading.CENTRE;
        case "xywh" -> corners = Reading.PLAIN;
        case "normalised", "normalized" -> normalised = true;
        default ->
            error(
                IssueCode.BAD_MAPPING,
                convention.span(),
                "unknown box convention '%s'".formatted(convention.text()),
                Suggestions.didYouMean(convention.text(), CONVENTIONS)
                    .orElse("conventions are " + String.join(", ", CONVENTIONS)));
      }
    }
    if (normalised && !sized) {
      error(
          IssueCode.BAD_MAPPING,
          conventions.get(0).span(),
          "a normalised box needs the size of the image",
          "add to the stream, as in: size 1920 x 1080");
    }
    return !normalised
        ? corners
        : switch (corners) {
          case XYXY -> Reading.XYXY_NORMALISED;
          case CENTRE -> Reading.CENTRE_NORMALISED;
          default -> Reading.NORMALISED;
        };
  }

  /** Names from the outside in; a place in a list is not read yet. */
  Optional<List<String>> keys(PathNode path) {
    var keys = new ArrayList<String>();
    for (PathNode.Step step : path.steps()) {
      if (!(step instanceof PathNode.Key(String name))) {
        error(
            IssueCode.BAD_MAPPING,
            path.span(),
            "a path goes through objects by name; a place in a list cannot be read yet",
            declaringTheList(keys));
        return Optional.empty();
      }
      keys.add(name);
    }
    return Optional.of(keys);
  }

  private static String declaringTheList(List<String> keys) {
    String list = keys.isEmpty() ? "boxes" : keys.getLast();
    String from = keys.size() > 1 ? " from " + String.join(".", keys) : "";
    return "declare the list, as in: %1$s list<…>%2$s, and write %1$s[…] in the rule"
        .formatted(list, from);
  }

  private void error(IssueCode code, Span span, String message, @Nullable String suggestion) {
    issues.accept(new Issue(code, span, message, Optional.ofNullable(suggestion)));
  }
}
