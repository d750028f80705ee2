package io.assay.assertion.canonical;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as a tree: Map, List, String, Long, Double, Boolean, and an empty Optional for null. Numbers
 * are exact: whole ones of 64 bits, others by the shortest text that reads back the same.
 */
final class JsonNodes {
  /** The language nests expressions 200 deep, and a call is two levels of JSON. */
  private static final int DEEPEST = 4_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private JsonNodes() {}

  /** JSON has no numbers that are not finite. */
  static Object number(double number) {
    return Double.isFinite(number) ? (Object) number : Double.toString(number);
  }

  static double number(Object node, String place) {
    return switch (node) {
      case Double number -> number;
      case Long whole -> whole;
      case String text when text.equals("NaN") -> Double.NaN;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      default -> throw RecordReader.wrong(place, "a number", node);
    };
  }

  static String text(Object node) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, node);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object node) {
    switch (node) {
      case Map<?, ?> object -> {
        json.writeStartObject();
        object.forEach(
            (name, value) -> {
              json.writeName(String.valueOf(name));
              write(json, Objects.requireNonNull(value));
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(value -> write(json, Objects.requireNonNull(value)));
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case Long whole -> json.writeNumber(whole);
      case Double number -> json.writeNumber(Double.toString(number));
      case Boolean truth -> json.writeBoolean(truth);
      case Optional<?> ignored -> json.writeNull();
      default -> throw new IllegalStateException("no JSON for a " + node.getClass().getName());
    }
  }

  /**
   * @throws IllegalArgumentException if it is no JSON
   */
  static Object read(String text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == null) {
        throw new IllegalArgumentException("a rule set is a JSON object; the text is empty");
      }
      Object node = node(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("more stands behind the rule set");
      }
      return node;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the rule set is no JSON: %s at line %d, column %d"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()),
          e);
    }
  }

  private static Object node(JsonParser json) {
    return switch (Objects.requireNonNull(json.currentToken())) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
          json.nextToken();
          object.put(name, node(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(node(json));
        }
        yield list;
      }
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Optional.empty();
      case VALUE_NUMBER_INT -> {
        BigInteger whole = json.getBigIntegerValue();
        yield whole.bitLength() < 64 ? (Object) whole.longValue() : (Object) whole.doubleValue();
      }
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      default -> throw new IllegalStateException("no value begins with " + json.currentToken());
    };
  }
}
