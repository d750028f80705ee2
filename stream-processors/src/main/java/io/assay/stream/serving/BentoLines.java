package io.assay.stream.serving;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of BentoML's monitor, each a prediction: its columns, and what BentoML adds. Which column
 * is a feature and which the prediction stands in {@code bento_meta}, where it is sent along.
 *
 * <p>All rows of a request have its id, so that is no id of an event.
 */
public final class BentoLines {
  private static final String META = "bento_meta";
  private static final Set<String> ADDED = Set.of("timestamp", "request_id", "trace_id", META);
  private static final Map<String, String> ROLES =
      Map.of("feature", "inputs", "prediction", "outputs", "target", "targets");

  private BentoLines() {}

  /**
   * A line as an event.
   *
   * @throws IllegalArgumentException if it is none; the message says what was needed
   */
  public static byte[] eventOf(byte[] line) {
    try {
      return event(line);
    } catch (UnreadablePayload | JacksonException broken) {
      throw new IllegalArgumentException(broken.getMessage(), broken);
    }
  }

  static byte[] event(byte[] line) {
    ObjectNode object = Json.open(line).object();
    ObjectNode meta = Json.objectOf(object, META);
    ObjectNode schema = Json.objectOf(meta, "schema");
    Map<String, ObjectNode> groups = new TreeMap<>();
    for (String group : List.of("inputs", "outputs")) {
      groups.put(group, Json.MAPPER.createObjectNode());
    }
    object
        .properties()
        .forEach(
            column -> {
              if (!ADDED.contains(column.getKey())) {
                String role = Json.text(Json.objectOf(schema, column.getKey()), "role");
                groups
                    .computeIfAbsent(
                        ROLES.getOrDefault(role, "inputs"),
                        ignored -> Json.MAPPER.createObjectNode())
                    .set(column.getKey(), column.getValue());
              }
            });
    return write(object, meta, groups);
  }

  private static byte[] write(ObjectNode line, ObjectNode meta, Map<String, ObjectNode> groups) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("at", time(Json.text(line, "timestamp")).toString());
      text(json, "request", line, "request_id");
      text(json, "trace", line, "trace_id");
      text(json, "model", meta, "bento_name");
      text(json, "version", meta, "bento_version");
      text(json, "monitor", meta, "monitor_name");
      groups.forEach(
          (name, columns) -> {
            json.writeName(name);
            json.writeTree((JsonNode) columns);
          });
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void text(JsonGenerator json, String name, ObjectNode from, String member) {
    String text = Json.text(from, member);
    if (!text.isEmpty()) {
      json.writeStringProperty(name, text);
    }
  }

  /** Python's time without a zone is taken for UTC, as containers have it. */
  private static Instant time(String text) {
    try {
      return text.endsWith("Z") || (text.contains("T") && text.matches(".*[+-][0-9]{2}:?[0-9]{2}$"))
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException broken) {
      throw new UnreadablePayload(
          "a line of BentoML needs a timestamp such as 2026-03-01T06:40:00.123, came '%s'"
              .formatted(text));
    }
  }
}
