package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Topics;
import io.assay.stream.serving.Room;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Events as records of the stream's own topic, under the key by which they are judged. */
final class StreamEvents {
  private static final Coordinates NOWHERE = new Coordinates("", 0, 0);
  private static final byte[] NO_KEY = new byte[0];

  /** What a broker, a producer and our headers add. */
  private static final int OVERHEAD = 8 * 1024;

  private final EventDecoder keyOnly;

  StreamEvents(StreamType stream) {
    this.keyOnly = EventDecoder.of(stream, Set.of());
  }

  /** Of an event with its key. */
  private static final int MOST = Topics.LARGEST_INPUT - OVERHEAD;

  /** What is made of one record or one pair; it is sent in one transaction. */
  static final Room ROOM = new Room(MOST, 32 << 20);

  /**
   * A producer in a transaction that is handed too large a record would meet it for ever.
   *
   * @return why it is too large; empty where it is not
   */
  static Optional<String> tooLarge(Record<byte[], byte[]> event) {
    int bytes = event.key().length + event.value().length;
    return bytes <= MOST
        ? Optional.empty()
        : Optional.of(
            "an event may have %d bytes with its key, this one would have %d"
                .formatted(MOST, bytes));
  }

  /** {@code from}: of which the trace goes on. */
  Record<byte[], byte[]> record(byte[] json, long timestamp, Headers from) {
    var headers = new RecordHeaders();
    Header trace = from.lastHeader(HeaderNames.TRACEPARENT);
    if (trace != null && trace.value() != null && trace.value().length < OVERHEAD / 2) {
      headers.add(trace);
    }
    return new Record<>(key(json, timestamp), json, timestamp, headers);
  }

  /** An event without one is put aside where events are decoded. */
  private byte[] key(byte[] json, long timestamp) {
    return switch (keyOnly.decode(json, null, NOWHERE, Math.multiplyExact(timestamp, 1_000_000L))) {
      case Decoded.Readable(var event) -> event.key().getBytes(StandardCharsets.UTF_8);
      case Decoded.Unreadable ignored -> NO_KEY;
    };
  }
}
