package io.assay.stream.serving;

import io.assay.stream.ingest.CloudEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvent as an event: in the JSON that its structured mode has, whatever mode it came in.
 * {@code time} is there in any case.
 */
final class CloudEventJson {
  private CloudEventJson() {}

  static byte[] of(CloudEvent event, String receivedAt) {
    Map<String, String> attributes = event.attributes().byName();
    var bytes = new ByteArrayOutputStream(event.data().length + 256);
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      attributes.forEach(json::writeStringProperty);
      if (!attributes.containsKey("time")) {
        json.writeStringProperty("time", receivedAt);
      }
      if (event.data().length > 0) {
        writeData(event, json);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeData(CloudEvent event, JsonGenerator json) {
    json.writeName("data");
    if (!event.isJson()) {
      json.writeString(RawTensors.text(ByteBuffer.wrap(event.data())));
      return;
    }
    JsonNode data;
    try {
      data = Json.MAPPER.readTree(event.data());
    } catch (JacksonException broken) {
      throw new UnreadablePayload("the data is no JSON: " + broken.getOriginalMessage());
    }
    json.writeTree(data);
  }
}
