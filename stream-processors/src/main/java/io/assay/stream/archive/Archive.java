package io.assay.stream.archive;

import io.assay.stream.archive.PartitionEvents.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The past events of a project's streams, as whoever judges again reads them. */
public final class Archive {
  /** An event further ahead of its arrival changes no verdict: it need not be found. */
  static final Duration MOST_AHEAD = Duration.ofMinutes(5);

  private final SegmentStore store;
  private final String project;

  public Archive(SegmentStore store, String project) {
    this.store = store;
    this.project = project;
  }

  /** Those of a stream that may be wanted; more may come, where blocks hold others too. */
  public ArchivedEvents events(String stream, Selection wanted) {
    return events(stream, wanted, UpTo.THE_END);
  }

  /** The same, but of each partition only what stands before an offset. */
  public ArchivedEvents events(String stream, Selection wanted, UpTo end) {
    List<List<Segment>> chosen = new ArrayList<>();
    for (List<Segment> partition : partitions(stream).values()) {
      List<Segment> some =
          partition.stream()
              .filter(s -> s.name().from() < end.of(s.name()) && mayHold(s, wanted))
              .toList();
      if (!some.isEmpty()) {
        chosen.add(some);
      }
    }
    return new ArchivedEvents(store, chosen, wanted, end);
  }

  private boolean mayHold(Segment segment, Selection wanted) {
    return !isOver(segment, wanted)
        && SegmentIndex.read(store, segment.stored()).blocks().stream()
            .anyMatch(block -> block.mayHold(wanted));
  }

  /** What was received before the range is in no hour behind it, but for what was ahead. */
  private static boolean isOver(Segment segment, Selection wanted) {
    return segment.name().end().plus(MOST_AHEAD).compareTo(instant(wanted.from())) <= 0;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  /** By topic and partition, each by offset. */
  private Map<String, List<Segment>> partitions(String stream) {
    Map<String, List<Segment>> partitions = new TreeMap<>();
    for (SegmentStore.Stored stored : store.list(SegmentName.prefix(project, stream))) {
      SegmentName.parse(stored.name())
          .ifPresent(
              name ->
                  partitions
                      .computeIfAbsent(
                          named(name.topicId(), name.partition()), key -> new ArrayList<>())
                      .add(new Segment(stored, name)));
    }
    partitions
        .values()
        .forEach(
            segments ->
                segments.sort(
                    Comparator.comparingLong((Segment s) -> s.name().from())
                        .thenComparingLong(s -> s.name().until())));
    return partitions;
  }

  private static String named(String topicId, int partition) {
    return "%s/%09d".formatted(topicId, partition);
  }

  /** What there is of a stream at all; empty where nothing is. */
  public Optional<Holding> holding(String stream) {
    Collection<List<Segment>> partitions = partitions(stream).values();
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    List<Holding.Hole> holes = new ArrayList<>();
    for (List<Segment> segments : partitions) {
      long known = segments.getFirst().name().from();
      Instant last = Instant.EPOCH;
      for (Segment segment : segments) {
        SegmentIndex index = SegmentIndex.read(store, segment.stored());
        for (Block block : index.blocks()) {
          from = Math.min(from, block.fromAt());
          to = Math.max(to, block.toAt());
        }
        SegmentName name = segment.name();
        if (name.from() > known) {
          Instant next = Instant.ofEpochMilli(index.fromReceived());
          holes.add(new Holding.Hole(name.partition(), known, name.from(), last, next));
        }
        known = Math.max(known, name.until());
        last = Instant.ofEpochMilli(index.toReceived());
      }
    }
    return from > to ? Optional.empty() : Optional.of(new Holding(from, to, holes));
  }

  /**
   * Whether it has what stood at an offset, of that topic and not of one of the same name: a topic
   * that was deleted and made anew counts from 0 again, and what came when tells them apart.
   *
   * @param received when the record was, as whoever put it aside saw it
   */
  public boolean holds(String stream, int partition, long offset, Instant received) {
    return store.list(SegmentName.prefix(project, stream)).stream()
        .anyMatch(
            stored ->
                SegmentName.parse(stored.name())
                        .filter(name -> name.holds(partition, offset))
                        .isPresent()
                    && SegmentIndex.read(store, stored).covers(received));
  }

  /** How much it has of a partition of that topic, and not of one of the same name. */
  public Optional<Kept> kept(String stream, String topicId, int partition) {
    List<Segment> segments = partitions(stream).getOrDefault(named(topicId, partition), List.of());
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    Segment first = segments.getFirst();
    Segment last = segments.getLast();
    return Optional.of(
        new Kept(
            first.name().from(),
            segments.stream().mapToLong(s -> s.name().until()).max().orElseThrow(),
            Instant.ofEpochMilli(SegmentIndex.read(store, first.stored()).fromReceived()),
            Instant.ofEpochMilli(SegmentIndex.read(store, last.stored()).toReceived())));
  }

  /** The offset up to which a partition is archived; empty where nothing of it is. */
  Optional<Long> archivedUntil(String stream, String topicId, int partition) {
    return store.list(SegmentName.prefix(project, stream)).stream()
        .flatMap(stored -> SegmentName.parse(stored.name()).stream())
        .filter(name -> name.topicId().equals(topicId) && name.partition() == partition)
        .map(SegmentName::until)
        .max(Comparator.naturalOrder());
  }
}
