package io.assay.assertion.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Readers of what is kept as objects: texts, boxes, vectors, lists, maps, and values of any type.
 */
final class ReferenceReaders {
  private ReferenceReaders() {}

  static ValueReader.OfReference of(Type.Basic type, BoxReader boxes) {
    return switch (type) {
      case STRING -> ReferenceReaders::string;
      case BYTES -> ReferenceReaders::bytes;
      case RECT -> boxes::rect;
      case CUBOID -> BoxReader::cuboid;
      case DYN, UNKNOWN -> (parser, decoding) -> anything(parser);
      default ->
          throw new IllegalArgumentException("values of " + type + " are not kept as objects");
    };
  }

  private static @Nullable Object string(JsonParser parser, Decoding decoding) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    decoding.wrong("a string", parser);
    return null;
  }

  private static @Nullable Object bytes(JsonParser parser, Decoding decoding) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        return ByteBuffer.wrap(Base64.getDecoder().decode(parser.getString())).asReadOnlyBuffer();
      } catch (IllegalArgumentException e) {
        // told below
      }
    }
    decoding.wrong("bytes in base64", parser);
    return null;
  }

  /** One of the declared values; the declared string itself is kept, so that equals is quick. */
  static ValueReader.OfReference oneOf(Type.EnumOf type) {
    Map<String, String> values = new HashMap<>();
    type.values().forEach(value -> values.put(value, value));
    String needed = "one of " + String.join(", ", type.values());
    return (parser, decoding) -> {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        String text = parser.getString();
        @Nullable String known = values.get(text);
        if (known != null) {
          return known;
        }
        decoding.wrong(needed, parser);
        return text;
      }
      decoding.wrong(needed, parser);
      return null;
    };
  }

  static ValueReader.OfReference vector(int dimension) {
    String needed = "a list of " + dimension + " finite numbers";
    return (parser, decoding) -> {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        decoding.wrong(needed, parser);
        return null;
      }
      double[] values = new double[dimension];
      int size = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        double value = NumberReaders.finite(parser, decoding, needed);
        if (size < dimension) {
          values[size] = value;
        }
        size++;
      }
      if (size != dimension) {
        decoding.problem(needed, size + " numbers");
      }
      return values;
    };
  }

  /**
   * A list; what is wrong in an element of scalars makes the list unusable, in a row only the row.
   */
  static ValueReader.OfReference list(ValueReader element, Type type) {
    return (parser, decoding) -> {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        decoding.wrong("a list", parser);
        return null;
      }
      List<Object> values = new ArrayList<>();
      boolean failed = false;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        decoding.index(values.size());
        @Nullable Object value = boxed(element, type, parser, decoding);
        failed |= decoding.takeFailed();
        values.add(value == null ? None.NULL : value);
      }
      decoding.index(-1);
      if (failed) {
        decoding.fail();
      }
      return Collections.unmodifiableList(values);
    };
  }

  static @Nullable Object boxed(
      ValueReader reader, Type type, JsonParser parser, Decoding decoding) {
    return switch (reader) {
      case ValueReader.OfReference reference -> reference.read(parser, decoding);
      case ValueReader.OfBits bits -> {
        long value = bits.read(parser, decoding);
        yield box(type, value);
      }
    };
  }

  private static Object box(Type type, long bits) {
    if (type.isFloating()) {
      return Double.longBitsToDouble(bits);
    }
    return type == Type.Basic.BOOL ? (Object) (bits != 0) : (Object) bits;
  }

  static ValueReader.OfReference map(ValueReader value, Type.MapOf type) {
    Set<String> known =
        type.key() instanceof Type.EnumOf keys ? Set.copyOf(keys.values()) : Set.of();
    return (parser, decoding) -> {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        decoding.wrong("an object", parser);
        return null;
      }
      Map<Object, Object> values = new LinkedHashMap<>();
      boolean failed = false;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (!known.isEmpty() && !known.contains(name)) {
          decoding.problem("keys that are names of features", '"' + Decoding.shorten(name) + '"');
        }
        @Nullable Object read = boxed(value, type.value(), parser, decoding);
        failed |= decoding.takeFailed();
        if (read != null) {
          values.put(name, read);
        }
      }
      if (failed) {
        decoding.fail();
      }
      return Collections.unmodifiableMap(values);
    };
  }

  private static Object anything(JsonParser parser) {
    return switch (Objects.requireNonNull(parser.currentToken())) {
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          parser.getStringLength() <= 18 ? (Object) parser.getLongValue() : parser.getDoubleValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case START_ARRAY -> {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(anything(parser));
        }
        yield Collections.unmodifiableList(values);
      }
      case START_OBJECT -> {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          values.put(name, anything(parser));
        }
        yield Collections.unmodifiableMap(values);
      }
      default -> None.NULL;
    };
  }
}
