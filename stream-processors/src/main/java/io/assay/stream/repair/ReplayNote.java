package io.assay.stream.repair;

import io.assay.assertion.event.Coordinates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * That a record put aside was replayed.
 *
 * @param source where the record came from: positions begin anew when a topic is made anew, and a
 *     note must not speak of another record
 * @param by who did it
 * @param way how
 */
public record ReplayNote(long millis, String by, Coordinates source, Way way) {
  private static final JsonFactory JSON = new JsonFactory();

  /** How a record is replayed. */
  public enum Way {
    /** Sent to its topic once more. */
    APPEND,
    /** Judged in its key's history. */
    REJUDGE;

    /** As messages have it. */
    public String past() {
      return switch (this) {
        case APPEND -> "replayed";
        case REJUDGE -> "rejudged";
      };
    }
  }

  static byte[] key(PutAside record) {
    return (record.project() + '/' + record.name()).getBytes(StandardCharsets.UTF_8);
  }

  byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("at", millis);
      out.writeStringProperty("by", by);
      out.writeStringProperty("way", way.name().toLowerCase(Locale.ROOT));
      out.writeStringProperty("topic", source.topic());
      out.writeNumberProperty("partition", source.partition());
      out.writeNumberProperty("offset", source.offset());
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException where the bytes are none
   */
  static ReplayNote read(byte[] bytes) {
    long millis = 0;
    String by = "";
    Way way = Way.APPEND;
    String topic = "";
    int partition = -1;
    long offset = -1;
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "at" -> millis = in.getLongValue();
          case "by" -> by = in.getString();
          case "way" -> way = in.getString().equals("rejudge") ? Way.REJUDGE : Way.APPEND;
          case "topic" -> topic = in.getString();
          case "partition" -> partition = in.getIntValue();
          case "offset" -> offset = in.getLongValue();
          default -> in.skipChildren();
        }
      }
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("no note of a replay: " + broken.getMessage(), broken);
    }
    return new ReplayNote(millis, by, new Coordinates(topic, partition, offset), way);
  }
}
