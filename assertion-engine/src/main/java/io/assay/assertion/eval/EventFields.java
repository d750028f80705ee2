package io.assay.assertion.eval;

import io.assay.assertion.event.Row;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Which fields of an event are evidence of an assertion, and how they are frozen as JSON.
 *
 * <p>What the rule reads, the event's time and media; and of elements that it reads, all but what
 * is long (vectors, bytes, maps), so that a page can draw and name them.
 */
final class EventFields {
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> paths;

  private EventFields(Set<String> paths) {
    this.paths = Set.copyOf(paths);
  }

  static EventFields of(CheckedAssertion assertion) {
    return of(assertion.on(), assertion.reads());
  }

  static EventFields of(StreamType stream, Set<String> reads) {
    Set<String> paths = new HashSet<>(reads);
    paths.add(stream.time().name());
    paths.add(stream.key().name());
    stream.media().ifPresent(field -> paths.add(field.name()));
    for (StructType.Field field : stream.root().fields()) {
      if (field.type() instanceof Type.ListOf list
          && list.element() instanceof StructType element
          && reads(paths, field.name())) {
        addShort(element, field.name() + ".", paths);
      }
    }
    return new EventFields(paths);
  }

  /** All that a stream declares: what the schema assertion looks at. */
  static Set<String> declared(StructType struct, String prefix) {
    Set<String> paths = new TreeSet<>();
    for (StructType.Field field : struct.fields()) {
      String path = prefix + field.name();
      paths.add(path);
      Type type = field.type() instanceof Type.ListOf list ? list.element() : field.type();
      if (type instanceof StructType nested) {
        paths.addAll(declared(nested, path + "."));
      }
    }
    return paths;
  }

  private static boolean reads(Set<String> paths, String name) {
    return paths.contains(name) || paths.stream().anyMatch(path -> path.startsWith(name + "."));
  }

  private static void addShort(StructType struct, String prefix, Set<String> paths) {
    for (StructType.Field field : struct.fields()) {
      if (isShort(field.type())) {
        paths.add(prefix + field.name());
      }
      if (field.type() instanceof StructType nested) {
        addShort(nested, prefix + field.name() + ".", paths);
      }
    }
  }

  private static boolean isShort(Type type) {
    return switch (type) {
      case Type.Vector ignored -> false;
      case Type.MapOf ignored -> false;
      case Type.ListOf ignored -> false;
      case Type.Basic basic -> basic != Type.Basic.BYTES && basic != Type.Basic.DYN;
      default -> true;
    };
  }

  Set<String> paths() {
    return paths;
  }

  /** The event's fields as canonical JSON; an empty object where they are no longer kept. */
  String freeze(@Nullable Row row) {
    var text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      if (row == null) {
        json.writeStartObject();
        json.writeEndObject();
      } else {
        write(row, "", json);
      }
    }
    return text.toString();
  }

  private void write(Row row, String prefix, JsonGenerator json) {
    json.writeStartObject();
    for (StructType.Field field : row.type().fields()) {
      String path = prefix + field.name();
      if (row.state(field.index()) != Row.ABSENT && reads(paths, path)) {
        json.writeName(field.name());
        JsonValues.field(row, field, json, nested -> write(nested, path + ".", json));
      }
    }
    json.writeEndObject();
  }
}
