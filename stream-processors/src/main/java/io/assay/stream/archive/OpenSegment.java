package io.assay.stream.archive;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What a stream has of a partition that is in no segment yet, from one offset on. */
final class OpenSegment {
  private static final byte[] NOTHING = new byte[0];
  private static final Coordinates NOWHERE = new Coordinates("", 0, 0);

  private final StreamType stream;
  private final String topicId;
  private final EventDecoder keyAndTime;
  private long from;
  private long next;
  private Instant hour = Instant.EPOCH;
  private long openedMillis;
  private @Nullable SegmentWriter writer;

  OpenSegment(StreamType stream, String topicId, long from) {
    this.stream = stream;
    this.topicId = topicId;
    this.keyAndTime = EventDecoder.of(stream, Set.of());
    this.from = from;
    this.next = from;
  }

  StreamType stream() {
    return stream;
  }

  /** Everything before is in segments. */
  long archivedUntil() {
    return writer == null ? next : from;
  }

  boolean isOpen() {
    return writer != null;
  }

  /** Whether it must be ended before a record that was received then. */
  boolean endsBefore(long receivedMillis, ArchiveSettings settings, long nowMillis) {
    return isDue(settings, nowMillis) || (isOpen() && hourOf(receivedMillis).isAfter(hour));
  }

  boolean isDue(ArchiveSettings settings, long nowMillis) {
    SegmentWriter open = writer;
    return open != null
        && (open.bytes() >= settings.segmentBytes()
            || nowMillis - openedMillis >= settings.rollEvery().toMillis());
  }

  /** A record that was archived before is passed over. */
  void add(ConsumerRecord<byte[], byte[]> record, Path staging, long nowMillis) {
    if (record.offset() < next) {
      return;
    }
    long received = received(record, nowMillis);
    SegmentWriter open = writer;
    if (open == null) {
      String file = "%s-%d-%d.part".formatted(stream.name(), record.partition(), from);
      open = new SegmentWriter(record.topic(), staging.resolve(file));
      writer = open;
      hour = hourOf(received);
      openedMillis = nowMillis;
    }
    open.add(archived(record, received));
    next = record.offset() + 1;
  }

  /** As the processors see it: what the topic says, but never later than now. */
  static long received(ConsumerRecord<byte[], byte[]> record, long nowMillis) {
    return record.timestamp() < 0 ? nowMillis : Math.min(record.timestamp(), nowMillis);
  }

  private static Instant hourOf(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.HOURS);
  }

  private ArchivedRecord archived(ConsumerRecord<byte[], byte[]> record, long received) {
    byte @Nullable [] value = record.value();
    Decoded decoded =
        keyAndTime.decode(value == null ? NOTHING : value, null, NOWHERE, Long.MIN_VALUE);
    return switch (decoded) {
      case Decoded.Readable(Event event) ->
          new ArchivedRecord(
              event.key(),
              record.offset(),
              OptionalLong.of(event.at()),
              received,
              headers(record),
              value);
      case Decoded.Unreadable ignored ->
          new ArchivedRecord(
              null, record.offset(), OptionalLong.empty(), received, headers(record), value);
    };
  }

  private static Map<String, byte[]> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? NOTHING : header.value());
    }
    return headers;
  }

  /** Makes a segment of it, whole when this returns. */
  void roll(SegmentStore store, String project, int partition) {
    SegmentWriter open = writer;
    if (open == null) {
      return;
    }
    var name = new SegmentName(project, stream.name(), hour, partition, from, next, topicId);
    store.put(name.toString(), open.finish());
    writer = null;
    from = next;
  }

  /** It is not ours any more: whoever has the partition reads its records again. */
  void drop() {
    SegmentWriter open = writer;
    writer = null;
    next = from;
    if (open != null) {
      open.close();
    }
  }
}
