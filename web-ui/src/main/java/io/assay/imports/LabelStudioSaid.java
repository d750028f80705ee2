package io.assay.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What people said of single regions in Label Studio: choices, numbers and texts, each a result of
 * its own with the region's id, and its place once more.
 */
final class LabelStudioSaid {
  private static final Set<String> TYPES =
      Set.of("labels", "choices", "textarea", "number", "rating", "taxonomy", "datetime");

  private LabelStudioSaid() {}

  /** Whether a result says something of a region, or of the task, and is none itself. */
  static boolean isOfARegion(JsonNode result) {
    return TYPES.contains(result.path("type").asString(""))
        && !result.path("value").path("sequence").isArray();
  }

  /** By the region's id, by the name of what was asked. */
  static Map<String, Map<String, JsonNode>> of(JsonNode results) {
    Map<String, Map<String, JsonNode>> said = new HashMap<>();
    for (JsonNode result : results) {
      String type = result.path("type").asString("");
      if (isOfARegion(result) && !type.equals("labels")) {
        JsonNode value = result.path("value").path(type.equals("textarea") ? "text" : type);
        JsonNode first = value.isArray() ? value.path(0) : value;
        if (!first.isMissingNode()) {
          said.computeIfAbsent(result.path("id").asString(""), id -> new HashMap<>())
              .put(result.path("from_name").asString(""), first);
        }
      }
    }
    return said;
  }
}
