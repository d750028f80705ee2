package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a violation was judged by, read from its record.
 *
 * @param subjectName what the subject is called, to tell it from others; empty where that is
 *     private
 * @param events those whose fields were kept, in order of time
 * @param span all events of the span, by identity and provenance
 * @param truncated whether some was left out to keep the record small
 */
public record Evidence(
    String subjectName,
    List<Value> values,
    List<Frozen> events,
    List<Reference> span,
    boolean truncated) {

  public static Evidence of(JsonNode record, boolean clear) {
    return new Evidence(
        PrivateText.known(record.path("label").asString(""), clear),
        record.path("values").values().stream()
            .map(node -> Value.of(node, clear))
            .distinct()
            .toList(),
        record.path("events").values().stream().map(Frozen::of).toList(),
        record.path("spanEvents").values().stream().map(Reference::of).toList(),
        record.path("truncated").asBoolean(false));
  }

  /** A sub-expression and what it was. */
  public record Value(String expression, String value, boolean threshold) {
    static Value of(JsonNode node, boolean clear) {
      JsonNode value = node.path("value");
      return new Value(
          node.path("expression").asString(""),
          PrivateText.shown(value.isString() ? value.asString("") : value.toString(), clear),
          node.path("threshold").asBoolean(false));
    }
  }

  /**
   * An event with its fields.
   *
   * @param nanos event time since the epoch
   * @param subject index of the subject in the judged list, -1 where it is not there
   */
  public record Frozen(String id, long nanos, String role, int subject, JsonNode fields) {
    static Frozen of(JsonNode node) {
      return new Frozen(
          node.path("id").asString(""),
          node.path("at").asLong(0),
          node.path("role").asString("around"),
          node.path("subjectIndex").asInt(-1),
          node.path("fields"));
    }

    boolean inGap() {
      return role.equals("gap");
    }
  }

  /** An event by where it came from. */
  public record Reference(String id, Moment at, String topic, int partition, long offset) {
    static Reference of(JsonNode node) {
      return new Reference(
          node.path("id").asString(""),
          Moment.ofNanos(node.path("at").asLong(0)),
          node.path("topic").asString(""),
          node.path("partition").asInt(0),
          node.path("offset").asLong(0));
    }
  }
}
