package io.assay.web.sink;

import io.assay.assertion.Violation;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.LabelRecord;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.tracing.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the records of one transaction come to, by table. */
final class Rows {
  private final List<Found> violations = new ArrayList<>();
  private final Map<CountKey, Count> counts = new TreeMap<>();
  private final Map<VersionTable.Named, Instant> versions = new TreeMap<>();
  private final Map<AsideKey, Aside> deadLetters = new TreeMap<>();
  private final Map<AsideKey, Aside> late = new TreeMap<>();
  private final Map<String, StabilityRecord> releases = new TreeMap<>();
  private final Map<String, FiguresRecord> figures = new TreeMap<>();
  private final List<ImputerTables.Told> imputers = new ArrayList<>();
  private final List<LabelRecord> labels = new ArrayList<>();
  private final Map<String, SilentTable.Told> voices = new TreeMap<>();
  private final List<Skipped> skipped = new ArrayList<>();

  void add(Found violation) {
    violations.add(violation);
  }

  /** Counts are cumulative: the one with the higher sequence replaces the other. */
  void add(CountKey key, Count count) {
    counts.merge(key, count, (a, b) -> a.sequence() >= b.sequence() ? a : b);
  }

  /** A version of a model that events of a minute name. */
  void addVersion(VersionTable.Named version, Instant minute) {
    versions.merge(version, minute, (a, b) -> a.isBefore(b) ? a : b);
  }

  /** The first minute of each, in a fixed order. */
  Map<VersionTable.Named, Instant> versions() {
    return versions;
  }

  void addDeadLetter(AsideKey key, String detail) {
    deadLetters.merge(key, new Aside(1, detail), Aside::plus);
  }

  void addLate(AsideKey key) {
    late.merge(key, new Aside(1, ""), Aside::plus);
  }

  /** Of each pair the one with the higher sequence, in a fixed order of the pairs. */
  void add(StabilityRecord record) {
    String pair = new String(record.key(), StandardCharsets.UTF_8);
    releases.merge(pair, record, (a, b) -> a.sequence() >= b.sequence() ? a : b);
  }

  /** Of each window the last that is not open, in a fixed order. */
  void add(FiguresRecord record) {
    String window = new String(record.key(), StandardCharsets.UTF_8);
    figures.merge(window, record, (a, b) -> b.open() && !a.open() ? a : b);
  }

  Collection<FiguresRecord> figures() {
    return figures.values();
  }

  void add(ImputerTables.Told imputer) {
    imputers.add(imputer);
  }

  void add(LabelRecord label) {
    labels.add(label);
  }

  /** What was told of a key later replaces what was told before. */
  void add(SilentTable.Told voice) {
    voices.put(voice.of(), voice);
  }

  Collection<SilentTable.Told> voices() {
    return voices.values();
  }

  List<LabelRecord> labels() {
    return labels;
  }

  /** As they came. */
  List<ImputerTables.Told> imputers() {
    return imputers;
  }

  Collection<StabilityRecord> releases() {
    return releases.values();
  }

  void skip(ConsumerRecord<byte[], byte[]> source, String reason) {
    skipped.add(new Skipped(source, reason));
  }

  List<Found> violations() {
    return violations;
  }

  /** Sorted, so that two instances touch rows in the same order. */
  Map<CountKey, Count> counts() {
    return counts;
  }

  Map<AsideKey, Aside> deadLetters() {
    return deadLetters;
  }

  Map<AsideKey, Aside> late() {
    return late;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  Set<LocalDate> days() {
    Set<LocalDate> days = new TreeSet<>();
    for (Found found : violations) {
      days.add(found.day());
    }
    return days;
  }

  Map<TopicPartition, Long> skippedByPartition() {
    Map<TopicPartition, Long> numbers = new HashMap<>();
    for (Skipped each : skipped) {
      numbers.merge(
          new TopicPartition(each.source().topic(), each.source().partition()), 1L, Long::sum);
    }
    return numbers;
  }

  /** Microseconds are what PostgreSQL keeps; the evidence has the nanoseconds. */
  static Instant instant(long nanos) {
    return Instant.EPOCH.plus(Math.floorDiv(nanos, 1000L), ChronoUnit.MICROS);
  }

  static Instant minute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }

  /**
   * A violation, and its canonical JSON.
   *
   * @param origin {@code live} or {@code repair}
   * @param partition of the topic of violations, in which it came
   * @param offset of it there
   * @param traceparent of the judging that found it, as it came; null where that is not traced
   */
  record Found(
      Violation violation,
      String json,
      String origin,
      int partition,
      long offset,
      @Nullable String traceparent) {
    /** As the engine writes it, 32 hexadecimal digits are 16 bytes; of another text, its hash. */
    UUID uuid() {
      return uuid(violation.id());
    }

    static UUID uuid(String id) {
      return id.length() == 32 && id.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 'g')
          ? new UUID(Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16))
          : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Of which trace it is; empty where it is of none. */
    Optional<String> trace() {
      return TraceParent.read(traceparent).map(TraceParent::trace);
    }

    /** Whether it was found as its event came, and not by a repair. */
    boolean isLive() {
      return origin.equals("live");
    }

    /** The hour of event time in which it was decided. */
    Instant hour() {
      return instant(violation.at()).truncatedTo(ChronoUnit.HOURS);
    }

    /** The partition is chosen by the deciding event's UTC day. */
    LocalDate day() {
      return LocalDate.ofInstant(instant(violation.at()), ZoneOffset.UTC);
    }
  }

  /** The row of a count. */
  record CountKey(
      String project,
      String assertion,
      String expectation,
      String stream,
      Instant minute,
      int partition)
      implements Comparable<CountKey> {
    @Override
    public int compareTo(CountKey other) {
      int order = project.compareTo(other.project);
      order = order != 0 ? order : assertion.compareTo(other.assertion);
      order = order != 0 ? order : minute.compareTo(other.minute);
      order = order != 0 ? order : expectation.compareTo(other.expectation);
      order = order != 0 ? order : stream.compareTo(other.stream);
      return order != 0 ? order : Integer.compare(partition, other.partition);
    }
  }

  /** Cumulative tallies as of a sequence number; {@code slices}: the same by declared slices. */
  record Count(
      long sequence,
      long seen,
      long passed,
      long judged,
      long held,
      long violated,
      long undecided,
      long late,
      List<CountRecord.InSlice> slices) {
    Count {
      slices = List.copyOf(slices);
    }
  }

  /** The row of events that were put aside: dead letters by cause, late ones by reason. */
  record AsideKey(String project, Instant minute, String stream, String reason)
      implements Comparable<AsideKey> {
    @Override
    public int compareTo(AsideKey other) {
      int order = project.compareTo(other.project);
      order = order != 0 ? order : minute.compareTo(other.minute);
      order = order != 0 ? order : stream.compareTo(other.stream);
      return order != 0 ? order : reason.compareTo(other.reason);
    }
  }

  /** How many, and what was said of the last. */
  record Aside(long events, String lastDetail) {
    Aside plus(Aside later) {
      return new Aside(events + later.events, later.lastDetail);
    }
  }

  /** A record that cannot be stored, and why. */
  record Skipped(ConsumerRecord<byte[], byte[]> source, String reason) {}
}
