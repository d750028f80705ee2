package io.assay.web.labels;

import io.assay.assertion.Violation;
import io.assay.assertion.Violation.Corrected;
import io.assay.assertion.Violation.FrozenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as a reviewer made them: an object of fields by event id, a list of objects with {@code
 * id} and {@code fields}, or the fields of the one event that the rule would correct.
 */
final class EditedEvents {
  private static final List<String> EDITED = List.of("edit");

  private EditedEvents() {}

  /** Those that are events of the evidence; none where the text names none. */
  static List<Corrected> read(String text, Violation flagged) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(text);
    } catch (JacksonException broken) {
      return List.of();
    }
    List<Corrected> edited = new ArrayList<>();
    if (json.isArray()) {
      for (JsonNode one : json) {
        event(flagged, one.path("id").asString(""))
            .ifPresent(event -> edited.add(corrected(event, one.path("fields"))));
      }
    } else if (json.isObject()) {
      json.properties()
          .forEach(
              field ->
                  event(flagged, field.getKey())
                      .ifPresent(event -> edited.add(corrected(event, field.getValue()))));
      if (edited.isEmpty()) {
        only(flagged).ifPresent(event -> edited.add(corrected(event, json)));
      }
    }
    return edited.stream().filter(one -> one.fields().startsWith("{")).toList();
  }

  /** The one that is corrected; where the rule corrects none, the deciding one. */
  private static Optional<FrozenEvent> only(Violation flagged) {
    List<Corrected> proposed = flagged.corrections();
    return switch (proposed.size()) {
      case 0 -> event(flagged, flagged.decidingEvent());
      case 1 -> event(flagged, proposed.getFirst().id());
      default -> Optional.empty();
    };
  }

  private static Optional<FrozenEvent> event(Violation flagged, String id) {
    return flagged.events().stream().filter(event -> event.id().equals(id)).findFirst();
  }

  private static Corrected corrected(FrozenEvent event, JsonNode fields) {
    return new Corrected(event.id(), event.at(), EDITED, fields.toString());
  }
}
