package io.assay.web.rules;

import io.assay.assertion.event.Durations;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A rule test that plays the events of a violation's evidence and expects the violation again.
 *
 * <p>Evidence has what the rule reads. Elements need all of their fields that are not optional:
 * those it does not have are made up.
 */
final class TestOfEvidence {
  private final Function<String, Optional<StreamType>> streams;
  private final JsonNode record;

  private TestOfEvidence(Function<String, Optional<StreamType>> streams, JsonNode record) {
    this.streams = streams;
    this.record = record;
  }

  /**
   * The text of a {@code test} block.
   *
   * @param streams of the rules, by name
   * @param record a violation as the engine writes it
   */
  static String of(Function<String, Optional<StreamType>> streams, JsonNode record) {
    return new TestOfEvidence(streams, record).text();
  }

  private String text() {
    List<JsonNode> events =
        record.path("events").values().stream()
            .sorted(Comparator.comparingLong(event -> event.path("at").asLong(0)))
            .toList();
    long first = events.isEmpty() ? at(record) : at(events.getFirst());
    var text = new StringBuilder();
    text.append("# Made from the evidence of violation ")
        .append(record.path("id").asString(""))
        .append(".\n");
    long span = record.path("spanEvents").size();
    if (record.path("truncated").asBoolean(false) || span > events.size()) {
      text.append(
          "# The evidence has %d events; the span had %d. Add what is missing for it to fire.\n"
              .formatted(events.size(), span));
    }
    text.append("test %s %s {\n".formatted(record.path("assertion").asString(""), sentence()));
    events.forEach(event -> text.append(given(event, at(event) - first)));
    text.append("  expect violation at ").append(Durations.print(at(record) - first)).append('\n');
    return text.append("}\n").toString();
  }

  private String sentence() {
    String told = record.path("sentence").asString("").replace("\u2063", "");
    return quoted(told.isBlank() ? "as it was seen" : told.strip());
  }

  private static long at(JsonNode node) {
    return node.path("at").asLong(0);
  }

  private String given(JsonNode event, long offset) {
    String name = event.path("stream").asString(record.path("stream").asString(""));
    var line = new StringBuilder("  given  ").append(name).append(" every 1s");
    if (offset > 0) {
      line.append(" from ").append(Durations.print(offset));
    }
    streams.apply(name).ifPresent(stream -> line.append(values(stream, event.path("fields"))));
    return line.append('\n').toString();
  }

  private String values(StreamType stream, JsonNode fields) {
    var values = new StringBuilder();
    values.append(' ').append(stream.key().name()).append(' ').append(key(stream, fields));
    for (StructType.Field field : stream.root().fields()) {
      boolean isGiven =
          field.name().equals(stream.key().name())
              || field.name().equals(stream.time().name())
              || stream.id().filter(id -> id.name().equals(field.name())).isPresent();
      JsonNode value = fields.path(field.name());
      if (!isGiven && !value.isMissingNode() && !value.isNull()) {
        root(field, value)
            .ifPresent(text -> values.append("\n         ").append(field.name()).append(text));
      }
    }
    return values.toString();
  }

  private String key(StreamType stream, JsonNode fields) {
    JsonNode given = fields.path(stream.key().name());
    return given.isMissingNode() || given.isNull()
        ? stream.key().type() == Type.Basic.STRING
            ? quoted(record.path("key").asString(""))
            : record.path("key").asString("")
        : value(stream.key().type(), given).orElse(quoted(record.path("key").asString("")));
  }

  /** A field of the event: records and lists of them are written with {@code of}. */
  private static Optional<String> root(StructType.Field field, JsonNode value) {
    return switch (field.type()) {
      case StructType struct -> Optional.of(" of " + element(struct, value));
      case Type.ListOf(StructType struct) ->
          Optional.of(
              value.isEmpty()
                  ? " []"
                  : value.values().stream()
                      .map(one -> element(struct, one))
                      .collect(Collectors.joining(",\n           ", " of\n           ", "")));
      case Type.ListOf list -> value(list, value).map(text -> ' ' + text);
      case Type.Basic basic -> value(basic, value).map(text -> ' ' + text);
      case Type.EnumOf options -> value(options, value).map(text -> ' ' + text);
      case Type.MapOf ignored -> Optional.empty();
      case Type.Vector ignored -> Optional.empty();
    };
  }

  private static String element(StructType struct, JsonNode value) {
    var fields = new StringJoiner(", ", "{ ", " }");
    for (StructType.Field field : struct.fields()) {
      JsonNode given = value.path(field.name());
      boolean isThere = !given.isMissingNode() && !given.isNull();
      Optional<String> text =
          isThere
              ? value(field.type(), given)
              : field.optional() ? Optional.empty() : madeUp(field.type());
      text.ifPresent(written -> fields.add(field.name() + ": " + written));
    }
    return fields.toString();
  }

  /** A value as the language writes it; nothing for what it cannot write. */
  private static Optional<String> value(Type type, JsonNode value) {
    return switch (type) {
      case StructType struct -> Optional.of(element(struct, value));
      case Type.ListOf list -> {
        List<String> parts = new ArrayList<>();
        value.values().forEach(one -> value(list.element(), one).ifPresent(parts::add));
        yield Optional.of('[' + String.join(", ", parts) + ']');
      }
      case Type.EnumOf ignored -> Optional.of(quoted(value.asString("")));
      case Type.MapOf ignored -> Optional.empty();
      case Type.Vector ignored -> Optional.empty();
      case Type.Basic basic ->
          switch (basic) {
            case BOOL, INT, UINT, DOUBLE, RATIO, PIXELS -> Optional.of(value.toString());
            case LENGTH -> Optional.of(value + "metres");
            case STRING -> Optional.of(quoted(value.asString("")));
            case TIMESTAMP -> Optional.of("timestamp(" + quoted(value.asString("")) + ')');
            case DURATION -> Optional.of(value.asString("0s"));
            case RECT -> Optional.of("rect(" + numbers(value) + ')');
            case CUBOID -> Optional.of("cuboid(" + numbers(value) + ')');
            case BYTES, NULL, TYPE, DYN, UNKNOWN -> Optional.empty();
          };
    };
  }

  private static Optional<String> madeUp(Type type) {
    return switch (type) {
      case StructType struct -> Optional.of(element(struct, MissingNode.getInstance()));
      case Type.ListOf ignored -> Optional.of("[]");
      case Type.EnumOf options -> Optional.of(quoted(options.values().getFirst()));
      case Type.MapOf ignored -> Optional.empty();
      case Type.Vector ignored -> Optional.empty();
      case Type.Basic basic ->
          switch (basic) {
            case BOOL -> Optional.of("false");
            case INT, UINT -> Optional.of("0");
            case DOUBLE, RATIO, PIXELS -> Optional.of("0.0");
            case LENGTH -> Optional.of("0metres");
            case STRING -> Optional.of("\"\"");
            case DURATION -> Optional.of("0s");
            case RECT -> Optional.of("rect(0, 0, 0, 0)");
            case CUBOID -> Optional.of("cuboid(0, 0, 0, 0, 0, 0, 0)");
            case TIMESTAMP -> Optional.of("timestamp(\"2026-01-01T00:00:00Z\")");
            case BYTES, NULL, TYPE, DYN, UNKNOWN -> Optional.empty();
          };
    };
  }

  private static String numbers(JsonNode list) {
    return list.values().stream().map(JsonNode::toString).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
