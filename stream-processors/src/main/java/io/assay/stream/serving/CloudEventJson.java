package io.assay.stream.serving;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvent as an event: in the JSON that its structured mode has, whatever mode it came in.
 * {@code time} is there in any case.
 */
final class CloudEventJson {
  private CloudEventJson() {}

  static byte[] of(Envelope event, String receivedAt) {
    var bytes = new ByteArrayOutputStream(event.data().length + 256);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      event.attributes().forEach(json::writeStringProperty);
      if (!event.attributes().containsKey("time")) {
        json.writeStringProperty("time", receivedAt);
      }
      if (event.data().length > 0 || event.json().isPresent()) {
        writeData(event, json);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeData(Envelope event, JsonGenerator json) {
    JsonNode data = event.json().orElse(null);
    String contentType = event.attributes().getOrDefault("datacontenttype", "application/json");
    if (data == null && contentType.contains("json")) {
      try {
        data = Json.MAPPER.readTree(event.data());
      } catch (JacksonException broken) {
        throw new UnreadablePayload("the data is no JSON: " + broken.getOriginalMessage());
      }
    }
    json.writeName("data");
    if (data == null) {
      json.writeString(RawTensors.text(ByteBuffer.wrap(event.data())));
    } else {
      json.writeTree(data);
    }
  }
}
