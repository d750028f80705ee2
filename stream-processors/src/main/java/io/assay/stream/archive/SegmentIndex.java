package io.assay.stream.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end of a segment: what its blocks hold, as JSON in a frame that decompressors skip.
 *
 * @param topic from which the records came
 * @param fromReceived milliseconds since the epoch at which the first was received
 * @param toReceived and the last
 */
record SegmentIndex(String topic, long fromReceived, long toReceived, List<Block> blocks) {
  private static final int VERSION = 1;

  /** The first of sixteen magic numbers of frames that a decompressor passes over. */
  private static final int SKIPPABLE = 0x184D2A50;

  /** As far as a broker lets a record's time be ahead. */
  private static final Duration MOST_AHEAD = Duration.ofHours(1);

  /** As far as clocks differ that are set by a time server, and more. */
  private static final Duration MOST_APART = Duration.ofSeconds(2);

  private static final byte[] MARK = "ASSAYIX1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 8;
  private static final int TAIL = Integer.BYTES + MARK.length;
  private static final JsonMapper JSON = JsonMapper.shared();

  SegmentIndex {
    blocks = List.copyOf(blocks);
  }

  /**
   * Whether a record that others saw at a time may be in it. Of one whose own time was ahead, that
   * is when they read it: the archive reads later, and never after that time.
   */
  boolean covers(Instant received) {
    Instant from = Instant.ofEpochMilli(fromReceived).minus(MOST_AHEAD);
    Instant to = Instant.ofEpochMilli(toReceived).plus(MOST_APART);
    return !received.isBefore(from) && !received.isAfter(to);
  }

  /** Magic number, length, JSON, length of the JSON, mark; numbers are little-endian. */
  byte[] frame() {
    byte[] json = json();
    return ByteBuffer.allocate(HEAD + json.length + TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(SKIPPABLE)
        .putInt(json.length + TAIL)
        .put(json)
        .putInt(json.length)
        .put(MARK)
        .array();
  }

  private byte[] json() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("version", VERSION);
      out.writeStringProperty("topic", topic);
      out.writeNumberProperty("fromReceived", fromReceived);
      out.writeNumberProperty("toReceived", toReceived);
      out.writeArrayPropertyStart("blocks");
      for (Block block : blocks) {
        out.writeStartObject();
        out.writeNumberProperty("position", block.position());
        out.writeNumberProperty("length", block.length());
        out.writeNumberProperty("size", block.size());
        out.writeNumberProperty("records", block.records());
        out.writeNumberProperty("unreadable", block.unreadable());
        out.writeNumberProperty("fromAt", block.fromAt());
        out.writeNumberProperty("toAt", block.toAt());
        out.writeStringProperty("keys", Base64.getEncoder().encodeToString(block.keys().bytes()));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads it from the end of a segment.
   *
   * @throws IllegalArgumentException where the segment is damaged, or of a newer version
   */
  static SegmentIndex read(SegmentStore store, SegmentStore.Stored segment) {
    if (segment.bytes() < HEAD + TAIL) {
      throw damaged(segment, "it is too short");
    }
    byte[] tail = store.read(segment.name(), segment.bytes() - TAIL, TAIL);
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    boolean marked = Arrays.equals(tail, Integer.BYTES, TAIL, MARK, 0, MARK.length);
    if (!marked || length < 0 || length > segment.bytes() - HEAD - TAIL) {
      throw damaged(segment, "its index is missing");
    }
    byte[] json = store.read(segment.name(), segment.bytes() - TAIL - length, length);
    try {
      return of(JSON.readTree(json), segment);
    } catch (JacksonException e) {
      throw damaged(segment, "its index cannot be read: " + e.getOriginalMessage());
    }
  }

  private static SegmentIndex of(JsonNode index, SegmentStore.Stored segment) {
    int version = index.path("version").asInt(0);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the archive's segment %s is of version %d, this program reads %d"
              .formatted(segment.name(), version, VERSION));
    }
    List<Block> blocks = new ArrayList<>();
    for (JsonNode block : index.path("blocks")) {
      blocks.add(
          new Block(
              block.path("position").asLong(),
              block.path("length").asInt(),
              block.path("size").asInt(),
              block.path("records").asLong(),
              block.path("unreadable").asLong(),
              block.path("fromAt").asLong(),
              block.path("toAt").asLong(),
              KeySet.read(Base64.getDecoder().decode(block.path("keys").asString()))));
    }
    return new SegmentIndex(
        index.path("topic").asString(),
        index.path("fromReceived").asLong(),
        index.path("toReceived").asLong(),
        blocks);
  }

  static IllegalArgumentException damaged(SegmentStore.Stored segment, String why) {
    return new IllegalArgumentException(
        "the archive's segment %s is damaged: %s".formatted(segment.name(), why));
  }
}
