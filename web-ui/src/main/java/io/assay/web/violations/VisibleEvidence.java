package io.assay.web.violations;

import io.assay.assertion.event.StreamType;
import io.assay.web.rules.ActiveRules;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Evidence as somebody may see it. */
@Component
class VisibleEvidence {
  private final ActiveRules rules;

  VisibleEvidence(ActiveRules rules) {
    this.rules = rules;
  }

  /**
   * Reads a violation's record. Without the right to see private fields they are left out of it for
   * good, and all fields of a stream that no rules in force declare.
   */
  Evidence of(String project, JsonNode record, boolean clear) {
    if (!clear) {
      String judged = record.path("stream").asString("");
      for (JsonNode event : record.path("events").values()) {
        String stream = event.path("stream").asString(judged);
        Optional<StreamType> type = rules.stream(project, stream.isEmpty() ? judged : stream);
        if (type.isPresent()) {
          PrivateFields.leaveOut(event.path("fields"), type.get().root());
        } else if (event.path("fields") instanceof ObjectNode fields) {
          fields.removeAll();
        }
      }
    }
    return Evidence.of(record, clear);
  }
}
