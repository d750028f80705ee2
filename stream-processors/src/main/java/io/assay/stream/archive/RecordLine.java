package io.assay.stream.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A record as a line of JSON.
 *
 * <p>The payload is the last member, byte for byte: {@code event} where it is JSON in one line,
 * {@code text} where it is other text, {@code base64} where it is neither; none where the record
 * has no value.
 */
final class RecordLine {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] EVENT = ",\"event\":".getBytes(StandardCharsets.UTF_8);

  private RecordLine() {}

  /** The line, with its end. */
  static byte[] write(ArchivedRecord record) {
    var line = new ByteArrayOutputStream(512);
    byte[] value = record.value();
    boolean json = value != null && isJsonLine(value);
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      out.writeStartObject();
      if (record.key() != null) {
        out.writeStringProperty("key", record.key());
      }
      out.writeNumberProperty("offset", record.offset());
      if (record.at().isPresent()) {
        out.writeStringProperty("at", time(record.at().getAsLong()));
      }
      out.writeStringProperty("received", Instant.ofEpochMilli(record.receivedMillis()).toString());
      headers(record.headers(), out);
      if (value != null && !json) {
        bytes(out, "text", value);
      }
      out.writeEndObject();
    }
    if (value != null && json) {
      return withEvent(line.toByteArray(), value);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static byte[] withEvent(byte[] head, byte[] event) {
    ByteBuffer line = ByteBuffer.allocate(head.length - 1 + EVENT.length + event.length + 2);
    line.put(head, 0, head.length - 1).put(EVENT).put(event).put((byte) '}').put((byte) '\n');
    return line.array();
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }

  private static void headers(Map<String, byte[]> headers, JsonGenerator out) {
    if (headers.isEmpty()) {
      return;
    }
    out.writeObjectPropertyStart("headers");
    headers.forEach(
        (name, value) -> {
          out.writeObjectPropertyStart(name);
          bytes(out, "text", value);
          out.writeEndObject();
        });
    out.writeEndObject();
  }

  private static void bytes(JsonGenerator out, String textName, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      out.writeStringProperty(textName, text);
    } catch (CharacterCodingException binary) {
      out.writeStringProperty("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** Strict JSON, so that every tool reads the line, and no line end in it. */
  private static boolean isJsonLine(byte[] value) {
    for (byte b : value) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JacksonException other) {
      return false;
    }
  }

  /**
   * Reads {@link #write}.
   *
   * @param line without its end
   * @throws IllegalArgumentException where it is none
   */
  static ArchivedRecord read(byte[] line) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      return new Reading(line, parser).read();
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("a line is no archived record: " + e.getMessage(), e);
    }
  }

  private static final class Reading {
    private final byte[] line;
    private final JsonParser parser;
    private @Nullable String key;
    private long offset = -1;
    private OptionalLong at = OptionalLong.empty();
    private long received;
    private final Map<String, byte[]> headers = new LinkedHashMap<>();
    private byte @Nullable [] value;

    Reading(byte[] line, JsonParser parser) {
      this.line = line;
      this.parser = parser;
    }

    ArchivedRecord read() {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "key" -> key = parser.getString();
          case "offset" -> offset = parser.getLongValue();
          case "at" -> at = OptionalLong.of(nanos(parser.getString()));
          case "received" -> received = Instant.parse(parser.getString()).toEpochMilli();
          case "headers" -> headers();
          case "event" -> {
            value = Arrays.copyOfRange(line, eventStart(), line.length - 1);
            return record();
          }
          case "text" -> value = parser.getString().getBytes(StandardCharsets.UTF_8);
          case "base64" -> value = Base64.getDecoder().decode(parser.getString());
          // A newer Assay may say more; what it says of old events is not needed.
          default -> parser.skipChildren();
        }
      }
      return record();
    }

    /** With the blanks before it, which are the payload's. */
    private int eventStart() {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      while (line[start - 1] != ':') {
        start--;
      }
      return start;
    }

    private ArchivedRecord record() {
      if (offset < 0) {
        throw new IllegalArgumentException("an archived record needs its offset, came none");
      }
      return new ArchivedRecord(key, offset, at, received, headers, value);
    }

    private void headers() {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        parser.nextToken();
        boolean text = parser.currentName().equals("text");
        parser.nextToken();
        String said = parser.getString();
        headers.put(
            name, text ? said.getBytes(StandardCharsets.UTF_8) : Base64.getDecoder().decode(said));
        parser.nextToken();
      }
    }

    private static long nanos(String text) {
      Instant time = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
  }
}
