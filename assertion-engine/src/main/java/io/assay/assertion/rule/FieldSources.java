package io.assay.assertion.rule;

import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.FieldDecl;
import io.assay.assertion.rule.ast.MappingNode;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ast.PathNode;
import io.assay.assertion.rule.ast.TypeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks where the values of fields stand in a payload, and in which form. */
final class FieldSources {
  private static final Map<String, Reading> EPOCHS =
      Map.of(
          "seconds", Reading.EPOCH_SECONDS,
          "millis", Reading.EPOCH_MILLIS,
          "micros", Reading.EPOCH_MICROS,
          "nanos", Reading.EPOCH_NANOS);
  private static final Map<String, String> EPOCH_SYMBOLS =
      Map.of("s", "seconds", "ms", "millis", "us", "micros", "ns", "nanos");
  private static final int FURTHEST = 99_999;
  private static final List<String> CONVENTIONS = List.of("xyxy", "centre", "xywh", "normalised");

  private final boolean sized;
  private final Consumer<Issue> issues;

  /** {@code sized}: whether the stream says how large its images are. */
  FieldSources(boolean sized, Consumer<Issue> issues) {
    this.sized = sized;
    this.issues = issues;
  }

  /** Where a value stands, and in which form; the field's own name where nothing else is said. */
  Source source(FieldDecl field, TypeNode node, Type type) {
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
    Name first = conventions.getFirst();
    if (type != Basic.RECT && type != Basic.UNKNOWN) {
      error(
          IssueCode.BAD_MAPPING,
          first.span(),
          "'%s' reads a rect, but '%s' is %s"
              .formatted(first.text(), field.name().text(), TypeText.aOrAn(type)),
          "as in: %s rect = %s(bbox)".formatted(field.name().text(), first.text()));
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
        default -> unknownConvention(convention);
      }
    }
    return normalised ? normalised(corners, first.span()) : corners;
  }

  private void unknownConvention(Name convention) {
    error(
        IssueCode.BAD_MAPPING,
        convention.span(),
        "unknown box convention '%s'".formatted(convention.text()),
        Suggestions.didYouMean(convention.text(), CONVENTIONS)
            .orElse("conventions are " + String.join(", ", CONVENTIONS)));
  }

  private Reading normalised(Reading corners, Span span) {
    if (!sized) {
      error(
          IssueCode.BAD_MAPPING,
          span,
          "a normalised box needs the size of the image",
          "add to the stream, as in: size 1920 x 1080");
    }
    return switch (corners) {
      case XYXY -> Reading.XYXY_NORMALISED;
      case CENTRE -> Reading.CENTRE_NORMALISED;
      default -> Reading.NORMALISED;
    };
  }

  /** The steps from the outside in, as a {@link Source} has them. */
  Optional<List<String>> keys(PathNode path) {
    var keys = new ArrayList<String>();
    for (PathNode.Step step : path.steps()) {
      switch (step) {
        case PathNode.Key(String name) when Source.placeOf(name).isPresent() -> {
          error(
              IssueCode.BAD_MAPPING,
              path.span(),
              "\"%s\" is read as a place in a list, and not as a name".formatted(name),
              "write a place behind a name, without quotes, as in: inputs.x[2]");
          return Optional.empty();
        }
        case PathNode.Key(String name) -> keys.add(name);
        case PathNode.Position(int index) when index > FURTHEST -> {
          error(
              IssueCode.OUT_OF_BOUNDS,
              path.span(),
              "a place in a list is 0 to %d, got %d".formatted(FURTHEST, index),
              null);
          return Optional.empty();
        }
        case PathNode.Position(int index) -> keys.add(Source.place(index));
      }
    }
    return Optional.of(keys);
  }

  private void error(IssueCode code, Span span, String message, @Nullable String suggestion) {
    issues.accept(new Issue(code, span, message, Optional.ofNullable(suggestion)));
  }
}
