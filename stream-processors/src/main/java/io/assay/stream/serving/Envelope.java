package io.assay.stream.serving;

import io.assay.stream.ingest.CloudEventAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a CloudEvent says beside its data, and the data: binary as in headers, or structured as one
 * JSON object, or several in a list.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Envelope(Map<String, String> attributes, Optional<JsonNode> json, byte[] data) {
  private static final String STRUCTURED = "application/cloudevents";
  private static final String BATCH = "application/cloudevents-batch";

  /** No envelope where the record is no CloudEvent. */
  static List<Envelope> of(ServedRecord record) {
    String contentType = record.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (contentType.startsWith(BATCH)) {
      JsonNode all = parse(record.value());
      if (!(all instanceof ArrayNode events)) {
        throw new UnreadablePayload("a batch of CloudEvents needs a JSON list");
      }
      return events.valueStream().map(Envelope::structured).toList();
    }
    if (contentType.startsWith(STRUCTURED)) {
      return List.of(structured(parse(record.value())));
    }
    boolean binary =
        record.headers().keySet().stream()
            .anyMatch(name -> name.startsWith("ce_") || name.startsWith("ce-"));
    return binary ? List.of(binary(record)) : List.of();
  }

  private static JsonNode parse(byte[] value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (JacksonException broken) {
      throw new UnreadablePayload("no JSON: " + broken.getOriginalMessage());
    }
  }

  private static Envelope binary(ServedRecord record) {
    return switch (CloudEventAttributes.ofKafka(record.headers())) {
      case CloudEventAttributes.Reading.Refused(List<String> reasons) ->
          throw new UnreadablePayload("no CloudEvent: " + String.join("; ", reasons));
      case CloudEventAttributes.Reading.Complete(CloudEventAttributes attributes) -> {
        Map<String, String> all = new TreeMap<>(attributes.others());
        all.put("id", attributes.id());
        all.put("source", attributes.source());
        all.put("type", attributes.type());
        if (attributes.dataContentType() != null) {
          all.put("datacontenttype", attributes.dataContentType());
        }
        yield new Envelope(all, Optional.empty(), record.value());
      }
    };
  }

  private static Envelope structured(JsonNode node) {
    if (!(node instanceof ObjectNode event)) {
      throw new UnreadablePayload("a structured CloudEvent needs a JSON object");
    }
    Map<String, String> all = new TreeMap<>();
    List<String> missing = new ArrayList<>(List.of("id", "source", "type", "specversion"));
    event
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              if (!name.equals("data")
                  && !name.equals("data_base64")
                  && !member.getValue().isNull()) {
                all.put(name, member.getValue().asString());
                missing.remove(name);
              }
            });
    all.remove("specversion");
    if (!missing.isEmpty()) {
      throw new UnreadablePayload("no CloudEvent: without " + String.join(", ", missing));
    }
    JsonNode base64 = event.get("data_base64");
    if (base64 != null) {
      return new Envelope(all, Optional.empty(), decode(base64.asString()));
    }
    JsonNode data = event.get("data");
    if (data == null) {
      return new Envelope(all, Optional.empty(), new byte[0]);
    }
    boolean text = data.isString() && !all.getOrDefault("datacontenttype", "json").contains("json");
    return new Envelope(
        all,
        Optional.of(data),
        text
            ? data.asString().getBytes(StandardCharsets.UTF_8)
            : Json.MAPPER.writeValueAsBytes(data));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException broken) {
      throw new UnreadablePayload("data_base64 is no base64");
    }
  }
}
