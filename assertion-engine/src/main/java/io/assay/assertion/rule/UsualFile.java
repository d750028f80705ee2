package io.assay.assertion.rule;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is usual, as a file beside the rules: {@code street.usual.json} of {@code street.assay}.
 *
 * @param provenance from which events it was learned, for people
 */
public record UsualFile(Map<String, String> provenance, List<Learned> learned) {
  private static final int VERSION = 1;
  private static final String RULES = ".assay";
  private static final String ENDING = ".usual.json";
  private static final JsonFactory JSON = new JsonFactory();

  public UsualFile {
    provenance = new LinkedHashMap<>(provenance);
    learned = List.copyOf(learned);
  }

  /** The name of the file that belongs to a file of rules. */
  public static String nameFor(String rules) {
    String stem =
        rules.endsWith(RULES) ? rules.substring(0, rules.length() - RULES.length()) : rules;
    return stem + ENDING;
  }

  /** A value a line, so that a difference can be read; percentiles ten to a line. */
  public String text() {
    var text = new StringBuilder("{\n  \"version\": " + VERSION + ",\n");
    provenance.forEach(
        (name, value) -> text.append("  %s: %s,\n".formatted(quoted(name), quoted(value))));
    text.append("  \"usual\": [");
    for (int i = 0; i < learned.size(); i++) {
      text.append(i == 0 ? "\n" : ",\n").append(text(learned.get(i)));
    }
    return text.append("\n  ]\n}\n").toString();
  }

  private static String text(Learned one) {
    var text = new StringBuilder("    {\n");
    text.append("      \"assertion\": %s,\n".formatted(quoted(one.assertion())));
    text.append("      \"expression\": %s,\n".formatted(quoted(one.expression())));
    text.append("      \"of\": \"%s\",\n".formatted(one.of()));
    text.append("      \"basis\": \"%s\",\n".formatted(one.basis()));
    text.append("      \"count\": %d,\n".formatted(one.count()));
    text.append("      \"least\": %s,\n".formatted(one.least()));
    text.append("      \"greatest\": %s,\n".formatted(one.greatest()));
    text.append("      \"lowTail\": %s,\n".formatted(one.lowTail()));
    text.append("      \"highTail\": %s,\n".formatted(one.highTail()));
    text.append("      \"percentiles\": [");
    for (int i = 0; i < one.percentiles().size(); i++) {
      text.append(i == 0 ? "" : ",").append(i % 10 == 0 ? "\n        " : " ");
      text.append(one.percentiles().get(i));
    }
    return text.append("\n      ]\n    }").toString();
  }

  private static String quoted(String text) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeString(text);
    }
    return out.toString();
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException where it is none; its message says what was needed
   */
  static UsualFile read(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      need(parser.nextToken(), JsonToken.START_OBJECT, "an object");
      Map<String, String> provenance = new LinkedHashMap<>();
      List<Learned> learned = new ArrayList<>();
      long version = 0;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "version" -> version = parser.getLongValue();
          case "usual" -> learned(parser, learned);
          default -> {
            need(value, JsonToken.VALUE_STRING, "a text in '" + name + "'");
            provenance.put(name, parser.getString());
          }
        }
      }
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "needed version %d, came %d".formatted(VERSION, version));
      }
      return new UsualFile(provenance, learned);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(String.valueOf(e.getOriginalMessage()), e);
    }
  }

  private static void need(JsonToken came, JsonToken needed, String what) {
    if (came != needed) {
      throw new IllegalArgumentException("needed %s, came %s".formatted(what, came));
    }
  }

  private static void learned(JsonParser parser, List<Learned> learned) {
    need(parser.currentToken(), JsonToken.START_ARRAY, "a list in 'usual'");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> texts = new LinkedHashMap<>();
      Map<String, Double> numbers = new LinkedHashMap<>();
      List<Double> percentiles = new ArrayList<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            percentiles.add(parser.getDoubleValue());
          }
        } else if (value == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getString());
        } else {
          numbers.put(name, parser.getDoubleValue());
        }
      }
      learned.add(one(texts, numbers, percentiles));
    }
  }

  private static Learned one(
      Map<String, String> texts, Map<String, Double> numbers, List<Double> percentiles) {
    return new Learned(
        of(texts, "assertion"),
        of(texts, "expression"),
        of(texts, "of"),
        of(texts, "basis"),
        of(numbers, "count").longValue(),
        of(numbers, "least"),
        of(numbers, "greatest"),
        of(numbers, "lowTail"),
        of(numbers, "highTail"),
        percentiles);
  }

  private static <T> T of(Map<String, T> values, String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException("needed '" + name + "' in 'usual', came nothing");
    }
    return Objects.requireNonNull(values.get(name));
  }
}
