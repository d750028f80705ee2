package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Values as JSON that keeps CEL's types apart: {@code {"int": "5"}}, {@code {"bytes": "00ff"}},
 * {@code {"map": [[key, value], …]}}, {@code {"duration": [seconds, nanos]}}.
 */
final class TaggedValues {
  private static final JsonFactory FACTORY = new JsonFactory();

  private static final Map<String, String> EXAMPLES = examples();

  private TaggedValues() {}

  private static Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("bool", "true");
    examples.put("int", "\"5\"");
    examples.put("uint", "\"5\"");
    examples.put("double", "\"0.5\"");
    examples.put("string", "\"car\"");
    examples.put("bytes", "\"00ff\"");
    examples.put("null", "null");
    examples.put("type", "\"int\"");
    examples.put("timestamp", "[1700000000, 0]");
    examples.put("duration", "[5, 500000000]");
    examples.put("list", "[{\"int\": \"5\"}]");
    examples.put("map", "[[{\"string\": \"a\"}, {\"int\": \"5\"}]]");
    return examples;
  }

  static String write(Object value) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, json);
    }
    return text.toString();
  }

  static String error(String reason) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject().writeName("error").writeString(reason).writeEndObject();
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator json) {
    json.writeStartObject();
    switch (value) {
      case Boolean truth -> json.writeName("bool").writeBoolean(truth);
      case Long whole -> json.writeName("int").writeString(whole.toString());
      case Unsigned whole -> json.writeName("uint").writeString(whole.toString());
      case Double number -> json.writeName("double").writeString(number(number));
      case String text -> json.writeName("string").writeString(text);
      case ByteBuffer bytes -> json.writeName("bytes").writeString(hex(bytes));
      case None ignored -> json.writeName("null").writeNull();
      case Boxing.TypeValue type -> json.writeName("type").writeString(type.name());
      case Instant time -> pair(json.writeName("timestamp"), time.getEpochSecond(), time.getNano());
      case Duration time -> duration(json.writeName("duration"), time);
      case List<?> list -> list(json.writeName("list"), list);
      case double[] vector -> list(json.writeName("list"), numbers(vector));
      case Map<?, ?> map -> map(json.writeName("map"), map);
      case Row row -> json.writeName("string").writeString(row.type().name());
      default -> json.writeName("string").writeString(String.valueOf(value));
    }
    json.writeEndObject();
  }

  private static String number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    return Double.toString(number);
  }

  private static List<Double> numbers(double[] vector) {
    return java.util.Arrays.stream(vector).boxed().toList();
  }

  private static String hex(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  /** Both parts have the sign of the whole, as protobuf has it. */
  private static void duration(JsonGenerator json, Duration time) {
    long nanos = Boxing.nanos(time);
    pair(json, nanos / 1_000_000_000, (int) (nanos % 1_000_000_000));
  }

  private static void pair(JsonGenerator json, long seconds, int nanos) {
    json.writeStartArray().writeNumber(seconds).writeNumber(nanos).writeEndArray();
  }

  private static void list(JsonGenerator json, List<?> list) {
    json.writeStartArray();
    list.forEach(element -> write(Objects.requireNonNull(element), json));
    json.writeEndArray();
  }

  private static void map(JsonGenerator json, Map<?, ?> map) {
    json.writeStartArray();
    map.forEach(
        (key, value) -> {
          json.writeStartArray();
          write(Objects.requireNonNull(key), json);
          write(Objects.requireNonNull(value), json);
          json.writeEndArray();
        });
    json.writeEndArray();
  }

  /**
   * The value that a tagged one stands for.
   *
   * @param tagged of maps, lists, texts and numbers, as JSON is read
   * @throws IllegalArgumentException if it is none
   */
  static Object read(Object tagged) {
    if (!(tagged instanceof Map<?, ?> object) || object.size() != 1) {
      throw new IllegalArgumentException("needed a value such as {\"int\": \"5\"}, got " + tagged);
    }
    Map.Entry<?, ?> entry = object.entrySet().iterator().next();
    String tag = String.valueOf(entry.getKey());
    String example = EXAMPLES.get(tag);
    if (example == null) {
      throw new IllegalArgumentException(
          "'%s' is no type of a value; there are %s"
              .formatted(tag, String.join(", ", EXAMPLES.keySet())));
    }
    try {
      return read(tag, Objects.requireNonNull(entry.getValue()));
    } catch (Misfit inner) {
      throw inner;
    } catch (RuntimeException e) {
      throw new Misfit(
          "needed %s such as {\"%s\": %s}, got %s".formatted(tag, tag, example, tagged));
    }
  }

  /** Says already what was needed. */
  private static final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
      super(message);
    }
  }

  private static Object read(String tag, Object value) {
    return switch (tag) {
      case "bool" -> truth(value.toString());
      case "int" -> Long.valueOf(value.toString());
      case "uint" -> new Unsigned(Long.parseUnsignedLong(value.toString()));
      case "double" -> readNumber(value.toString());
      case "string" -> value.toString();
      case "bytes" -> ByteBuffer.wrap(HexFormat.of().parseHex(value.toString()));
      case "null" -> None.NULL;
      case "type" -> new Boxing.TypeValue(value.toString());
      case "timestamp" -> Instant.ofEpochSecond(part(value, 0), part(value, 1));
      case "duration" -> Duration.ofSeconds(part(value, 0), part(value, 1));
      case "list" -> elements(value).stream().map(TaggedValues::read).toList();
      case "map" -> readMap(elements(value));
      default -> throw new IllegalStateException("no reader of " + tag);
    };
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static double readNumber(String text) {
    return switch (text) {
      case "nan", "NaN" -> Double.NaN;
      case "inf", "+inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static List<Object> elements(Object value) {
    return new ArrayList<>((List<?>) value);
  }

  private static long part(Object pair, int index) {
    return Long.parseLong(elements(pair).get(index).toString());
  }

  private static Map<Object, Object> readMap(List<Object> entries) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Object entry : entries) {
      List<Object> pair = elements(entry);
      map.put(read(pair.get(0)), read(pair.get(1)));
    }
    return map;
  }
}
