package io.assay.web.labels;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that was drawn at random, in the form that a flagged span has, so that all that goes out
 * is one kind of thing: without assertion, id, subject and sentence, for no rule has said anything.
 */
final class DrawnEvent {
  private static final JsonMapper JSON = JsonMapper.shared();

  private DrawnEvent() {}

  /**
   * Of an item.
   *
   * @param event an object of {@code id}, {@code at} and {@code fields}; {@code source}, where it
   *     lies, is not in those of early versions
   */
  static Violation of(String project, String item, String stream, String key, String event) {
    JsonNode json = JSON.readTree(event);
    String id = json.path("id").asString("");
    long at = json.path("at").asLong();
    JsonNode source = json.path("source");
    var frozen =
        new Violation.FrozenEvent(id, at, stream, "at", -1, json.path("fields").toString());
    var place =
        new Coordinates(
            source.path("topic").asString(""),
            source.path("partition").asInt(-1),
            source.path("offset").asLong(-1));
    return new Violation(
        "",
        project,
        "",
        "",
        "",
        stream,
        key,
        "",
        "",
        at,
        at,
        at,
        id,
        // A violation has one; nothing of what is exported tells it.
        1,
        Level.INFO,
        Mode.ACTIVE,
        "",
        List.of(),
        List.of(frozen),
        source.isObject() ? List.of(new Violation.EventReference(id, at, place)) : List.of(),
        Optional.empty(),
        item,
        List.of(),
        false);
  }
}
