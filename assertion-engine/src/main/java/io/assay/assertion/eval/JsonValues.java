package io.assay.assertion.eval;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Durations;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Values as JSON: times as RFC 3339, durations as in sentences, boxes as lists of numbers. */
final class JsonValues {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private JsonValues() {}

  /** Writes a field's value, also one that is not as declared, as far as it was kept. */
  static void field(Row row, StructType.Field field, JsonGenerator json, Consumer<Row> rows) {
    Type type = field.type();
    if (!type.isPrimitive()) {
      reference(row.getReference(field.slot()), json, rows);
    } else if (type.isFloating()) {
      number(row.getDouble(field.slot()), json);
    } else {
      whole(type, row.getLong(field.slot()), json);
    }
  }

  private static void whole(Type type, long value, JsonGenerator json) {
    if (type == Type.Basic.BOOL) {
      json.writeBoolean(value != 0);
    } else if (type == Type.Basic.TIMESTAMP) {
      json.writeString(instant(value));
    } else if (type == Type.Basic.DURATION) {
      json.writeString(Durations.print(value));
    } else {
      json.writeNumber(value);
    }
  }

  static String instant(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
        .toString();
  }

  private static void number(double value, JsonGenerator json) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static void reference(@Nullable Object value, JsonGenerator json, Consumer<Row> rows) {
    switch (value) {
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Long number -> json.writeNumber(number);
      case Double number -> number(number, json);
      case Rect r -> numbers(json, r.x(), r.y(), r.width(), r.height());
      case Cuboid c ->
          numbers(json, c.x(), c.y(), c.z(), c.height(), c.width(), c.length(), c.yaw());
      case double[] vector -> numbers(json, vector);
      case Row row -> rows.accept(row);
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.writeString(Base64.getEncoder().encodeToString(copy));
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> reference(element, json, rows));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (key, element) -> {
              json.writeName(String.valueOf(key));
              reference(element, json, rows);
            });
        json.writeEndObject();
      }
      case null, default -> json.writeNull();
    }
  }

  private static void numbers(JsonGenerator json, double... values) {
    json.writeStartArray();
    for (double value : values) {
      number(value, json);
    }
    json.writeEndArray();
  }

  /** A text as a JSON string. */
  static String quote(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
