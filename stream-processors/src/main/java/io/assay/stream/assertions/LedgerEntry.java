package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as it was taken: what it is read from again, and where it came from. */
final class LedgerEntry {
  private static final byte[] NOTHING = new byte[0];

  private final long number;
  private final byte[] stream;
  private final long received;
  private final byte[] topic;
  private final int partition;
  private final long offset;
  private final byte[] sentAs;
  private final byte[] payload;

  private LedgerEntry(
      long number,
      byte[] stream,
      long received,
      byte[] topic,
      int partition,
      long offset,
      byte[] sentAs,
      byte[] payload) {
    this.number = number;
    this.stream = stream;
    this.received = received;
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.sentAs = sentAs;
    this.payload = payload;
  }

  static LedgerEntry of(long number, Event event, byte[] payload) {
    return new LedgerEntry(
        number,
        bytes(event.stream().name()),
        event.received(),
        bytes(event.source().topic()),
        event.source().partition(),
        event.source().offset(),
        bytes(event.sentAs()),
        payload);
  }

  static LedgerEntry read(long number, ByteBuffer in) {
    byte[] stream = part(in);
    long received = in.getLong();
    byte[] topic = part(in);
    int partition = in.getInt();
    long offset = in.getLong();
    part(in);
    return new LedgerEntry(number, stream, received, topic, partition, offset, part(in), part(in));
  }

  private static byte[] part(ByteBuffer in) {
    byte[] part = new byte[in.getInt()];
    in.get(part);
    return part;
  }

  /** Bytes that {@link #write} takes. */
  int size() {
    return 6 * Integer.BYTES
        + 2 * Long.BYTES
        + stream.length
        + topic.length
        + sentAs.length
        + payload.length;
  }

  void write(ByteBuffer out) {
    out.putInt(stream.length).put(stream).putLong(received);
    out.putInt(topic.length).put(topic).putInt(partition).putLong(offset);
    // Its trace, as it was before; who is judged again is judged in silence.
    out.putInt(0);
    out.putInt(sentAs.length).put(sentAs);
    out.putInt(payload.length).put(payload);
  }

  /** Of the task, from 0 on. */
  long number() {
    return number;
  }

  /** As it came. */
  byte[] payload() {
    return payload;
  }

  /** The event, as it is read by decoders of streams by name; empty where none can. */
  Optional<Event> event(Map<String, EventDecoder> decoders) {
    EventDecoder decoder = decoders.get(text(stream));
    var source = new Coordinates(text(topic), partition, offset);
    return decoder != null
            && decoder.decode(payload, null, source, received)
                instanceof Decoded.Readable(var event)
        ? Optional.of(event.sentAs(orNull(sentAs)))
        : Optional.empty();
  }

  /** Nothing is as good as empty, of these. */
  private static byte[] bytes(@Nullable String text) {
    return text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable String orNull(byte[] text) {
    return text.length == 0 ? null : text(text);
  }
}
