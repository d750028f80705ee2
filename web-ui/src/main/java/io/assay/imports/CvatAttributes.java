package io.assay.imports;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What CVAT says of a box beside where it is: {@code occluded} and the like, and attributes by
 * name, of which the server writes the number ({@code spec_id}) and a backup the name.
 */
final class CvatAttributes {
  private final Map<String, String> names = new HashMap<>();

  /** {@code labels}: as the server lists them, each with its attributes. */
  CvatAttributes(JsonNode labels) {
    for (JsonNode label : labels) {
      for (JsonNode attribute : label.path("attributes")) {
        names.put(attribute.path("id").asString(""), attribute.path("name").asString(""));
      }
    }
  }

  /** Those of one shape or track; a track's own hold at all of its shapes. */
  Map<String, JsonNode> of(JsonNode shape) {
    Map<String, JsonNode> found = new HashMap<>();
    shape.properties().forEach(one -> found.put(one.getKey(), one.getValue()));
    // Every shape that a person drew has it, and it is always 1.
    if (shape.path("source").asString("manual").equals("manual")) {
      found.remove("score");
    }
    found.remove("attributes");
    found.putAll(named(shape));
    return found;
  }

  Map<String, JsonNode> named(JsonNode of) {
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode attribute : of.path("attributes")) {
      String number = attribute.path("spec_id").asString("");
      String name = attribute.path("name").asString(names.getOrDefault(number, ""));
      if (!name.isEmpty()) {
        found.put(name, attribute.path("value"));
      }
    }
    return found;
  }
}
