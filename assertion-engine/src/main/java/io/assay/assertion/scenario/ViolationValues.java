package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a test may ask of a violation, by name: its severity, and the values of its evidence. */
final class ViolationValues {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ViolationValues() {}

  /**
   * @return String, Number, Boolean, List or Map by name, the severity first
   */
  static Map<String, Object> of(Violation violation) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("severity", violation.severity());
    for (Violation.Value value : violation.values()) {
      // whoever wrote the test knows the private values in it
      values.putIfAbsent(value.expression(), parse(Evidence.unmarked(value.value())));
    }
    values.putIfAbsent("key", violation.key());
    values.putIfAbsent("subject", violation.label());
    values.putIfAbsent("level", violation.level().name().toLowerCase(Locale.ROOT));
    values.putIfAbsent("sentence", violation.sentence());
    return values;
  }

  /** A null in an object is the same as nothing. */
  static Object parse(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          if (parser.nextToken() != JsonToken.VALUE_NULL) {
            map.put(name, value(parser));
          }
        }
        yield map;
      }
      default -> parser.getString();
    };
  }
}
