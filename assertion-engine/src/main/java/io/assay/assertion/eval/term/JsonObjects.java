package io.assay.assertion.eval.term;

import io.assay.assertion.event.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A small JSON text as maps, lists, texts and decimal numbers. */
final class JsonObjects {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonObjects() {}

  /**
   * @throws IllegalArgumentException if it is not one JSON object
   */
  static Map<?, ?> read(String text) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == JsonToken.START_OBJECT
          && value(json) instanceof Map<?, ?> object
          && json.nextToken() == null) {
        return object;
      }
      throw new IllegalArgumentException("needed one JSON object");
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> None.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      default -> json.getString();
    };
  }

  private static Map<String, Object> object(JsonParser json) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static List<Object> list(JsonParser json) {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }
}
