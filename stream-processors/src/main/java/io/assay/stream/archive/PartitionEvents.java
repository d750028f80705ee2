package io.assay.stream.archive;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.scenario.Payload;
import io.assay.stream.contract.SentAs;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was archived of one partition, in the order of its offsets, each record once.
 *
 * <p>Two writers that did not know of each other may have written some records twice; segments that
 * overlap show it, and their offsets tell them apart.
 */
final class PartitionEvents {
  private static final byte[] NOTHING = new byte[0];
  private static final long MOST_AHEAD_NANOS = Archive.MOST_AHEAD.toNanos();

  private final SegmentStore store;
  private final Iterator<Segment> segments;
  private final Selection wanted;
  private final LongConsumer read;
  private final int partition;
  private final long until;
  private @Nullable SegmentReader open;
  private @Nullable ArchivedRecord next;
  private String topic = "";
  private long known;

  /** A segment and what its name says. */
  record Segment(SegmentStore.Stored stored, SegmentName name) {}

  /**
   * @param segments of one partition of one topic, by their first offset
   * @param until the first offset that is not wanted
   * @param read is told how many bytes each segment had when it is done
   */
  PartitionEvents(
      SegmentStore store, List<Segment> segments, Selection wanted, long until, LongConsumer read) {
    this.store = store;
    this.partition = segments.getFirst().name().partition();
    this.segments = segments.iterator();
    this.wanted = wanted;
    this.until = until;
    this.read = read;
    advance();
  }

  boolean isOver() {
    return next == null;
  }

  /** When the next one was received, milliseconds since the epoch. */
  long received() {
    return next == null ? Long.MAX_VALUE : next.receivedMillis();
  }

  /** Whether the next one is of the key and happened later, as far as its time can be believed. */
  boolean isBehind(String key, long at) {
    return next != null
        && key.equals(next.key())
        && next.at().isPresent()
        && next.at().getAsLong() > at
        && next.at().getAsLong() - MOST_AHEAD_NANOS <= next.receivedMillis() * 1_000_000L;
  }

  /** The next one; there is one. */
  Payload take() {
    ArchivedRecord record = Objects.requireNonNull(next);
    byte[] value = record.value();
    byte[] trace = record.headers().get("traceparent");
    var payload =
        Payload.of(
                value == null ? NOTHING : value,
                new Coordinates(topic, partition, record.offset()),
                Math.multiplyExact(record.receivedMillis(), 1_000_000L),
                trace == null ? null : new String(trace, StandardCharsets.UTF_8))
            .sentAs(SentAs.of(record.headers()::get));
    advance();
    return payload;
  }

  private void advance() {
    do {
      next = record();
    } while (next != null && next.offset() < known);
    if (next != null && next.offset() >= until) {
      next = null;
    }
    known = next == null ? known : next.offset() + 1;
  }

  private @Nullable ArchivedRecord record() {
    while (open != null || segments.hasNext()) {
      if (open == null) {
        Segment segment = segments.next();
        read.accept(segment.stored().bytes());
        open = new SegmentReader(store, segment.stored(), wanted);
        topic = open.topic();
      }
      ArchivedRecord record = open.next();
      if (record != null) {
        return record;
      }
      open = null;
    }
    return null;
  }
}
