package io.assay.web.violations;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is drawn over events besides what was judged: their fields as they should have been, by the
 * event's id.
 *
 * @param proposed by the rule; may be wrong
 * @param truth as people or a system of record said later
 */
record Overlay(Map<String, JsonNode> proposed, Map<String, JsonNode> truth) {
  Overlay {
    proposed = Map.copyOf(proposed);
    truth = Map.copyOf(truth);
  }

  static Overlay none() {
    return new Overlay(Map.of(), Map.of());
  }

  /** The corrections that stand in a violation's record, and what is known besides. */
  static Overlay of(JsonNode record, Map<String, JsonNode> truth) {
    var proposed = new LinkedHashMap<String, JsonNode>();
    record
        .path("corrections")
        .forEach(one -> proposed.put(one.path("id").asString(""), one.path("fields")));
    return new Overlay(proposed, truth);
  }
}
