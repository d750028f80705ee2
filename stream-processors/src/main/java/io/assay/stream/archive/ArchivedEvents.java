package io.assay.stream.archive;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The archived events of a stream, in the order in which they were received; those of a partition
 * in its order.
 */
public final class ArchivedEvents implements Payloads {
  private final PriorityQueue<Source> sources =
      new PriorityQueue<>(
          Comparator.comparingLong((Source source) -> source.events().received())
              .thenComparingInt(Source::number));
  private final long bytes;
  private long read;

  private record Source(int number, PartitionEvents events) {}

  ArchivedEvents(
      SegmentStore store,
      List<List<PartitionEvents.Segment>> partitions,
      Selection wanted,
      UpTo end) {
    this.bytes = partitions.stream().flatMap(List::stream).mapToLong(s -> s.stored().bytes()).sum();
    for (List<PartitionEvents.Segment> segments : partitions) {
      give(
          new Source(
              sources.size(),
              new PartitionEvents(
                  store,
                  segments,
                  wanted,
                  end.of(segments.getFirst().name()),
                  more -> read += more)));
    }
  }

  private void give(Source source) {
    if (!source.events().isOver()) {
      sources.add(source);
    }
  }

  @Override
  public @Nullable Payload next() {
    Source first = sources.poll();
    if (first == null) {
      return null;
    }
    Payload payload = first.events().take();
    give(first);
    return payload;
  }

  /** When the next one was received, nanoseconds since the epoch; the most where there is none. */
  public long received() {
    Source first = sources.peek();
    return first == null
        ? Long.MAX_VALUE
        : Math.multiplyExact(first.events().received(), 1_000_000L);
  }

  public boolean isOver() {
    return sources.isEmpty();
  }

  /** Whether the next one is of the key and happened later. */
  public boolean isNextBehind(String key, long at) {
    Source first = sources.peek();
    return first != null && first.events().isBehind(key, at);
  }

  @Override
  public String place(Coordinates source) {
    return source.topic() + '-' + source.partition() + '@' + source.offset();
  }

  /** Bytes of all segments that may hold what is wanted. */
  public long bytes() {
    return bytes;
  }

  /** Of those opened so far. */
  public long read() {
    return read;
  }
}
