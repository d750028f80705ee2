package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Topics;
import java.nio.charset.StandardCharsets;
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

  /** A producer in a transaction that is handed too large a record would meet it for ever. */
  static boolean isTooLarge(byte[] json) {
    return json.length > Topics.LARGEST_INPUT - OVERHEAD;
  }

  static String tooLarge(byte[] json) {
    return "an event may have %d bytes, this one would have %d"
        .formatted(Topics.LARGEST_INPUT - OVERHEAD, json.length);
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
