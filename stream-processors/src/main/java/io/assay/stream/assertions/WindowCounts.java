package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one task counts for assertions over windows: handed on now and then, to where the counts of
 * all tasks are merged.
 *
 * <p>Counts change with every event and may be large, so they are not stored with each. Stored is
 * the event: those since the counts were last handed on are counted again after a restart.
 */
final class WindowCounts {
  /** A record may not be larger than a topic allows; keys and names come on top. */
  private static final int MOST_BYTES = 512 * 1024;

  private final List<Counted> all = new ArrayList<>();
  private final Map<String, EventDecoder> decoders;
  private final Lanes lanes;
  private final Journal journal;
  private final String project;
  private final Figures figures;

  /** One assertion, and what was counted of each lane. */
  private record Counted(WindowJudge judge, Map<Integer, Lane> lanes) {
    String stream() {
      return judge.assertion().on().name();
    }

    Lane lane(int number) {
      return lanes.computeIfAbsent(number, unused -> new Lane(judge.newPart()));
    }
  }

  private static final class Lane {
    private final WindowPart part;
    private long received = Long.MIN_VALUE;
    private boolean changed;

    private Lane(WindowPart part) {
      this.part = part;
    }

    private void heard(long now) {
      changed |= now > received;
      received = Math.max(received, now);
    }
  }

  /**
   * @param judges of this task alone
   * @param decoders by stream: of all that the judges read
   */
  WindowCounts(
      String project,
      List<WindowJudge> judges,
      Map<String, EventDecoder> decoders,
      Lanes lanes,
      Journal journal,
      Figures figures) {
    this.project = project;
    this.decoders = Map.copyOf(decoders);
    this.lanes = lanes;
    this.journal = journal;
    this.figures = figures;
    judges.forEach(judge -> all.add(new Counted(judge, new TreeMap<>())));
    restore();
  }

  private void restore() {
    try {
      journal.whole().ifPresent(this::restoreWhole);
      journal.changes().forEach(this::countAgain);
    } catch (RuntimeException unreadable) {
      figures.restarted("windows", unreadable);
    }
  }

  private void restoreWhole(byte[] bytes) {
    Map<String, PartialRecord> stored = new HashMap<>();
    WindowChange.readAll(bytes).forEach(record -> stored.put(record.judgementHash(), record));
    for (Counted counted : all) {
      PartialRecord record = stored.get(counted.judge().assertion().judgementHash());
      if (record != null) {
        for (PartialRecord.Piece piece : record.pieces()) {
          var lane = new Lane(counted.judge().restorePart(piece.part()));
          lane.received = piece.received();
          counted.lanes().put(piece.lane(), lane);
        }
      }
    }
  }

  private void countAgain(byte[] bytes) {
    switch (WindowChange.read(bytes)) {
      case WindowChange.Came came -> {
        EventDecoder decoder = decoders.get(came.stream());
        if (decoder != null
            && decoder.decode(came.payload(), null, came.source(), came.received())
                instanceof Decoded.Readable(var event)) {
          count(event, new Silent());
        }
      }
      case WindowChange.Reached reached -> reach(reached);
    }
  }

  /** Counts an event that its key's judge has taken. */
  void count(Incoming incoming, Gathered out, Consumer<PartialRecord> to) {
    Event event = incoming.event();
    if (count(event, out)) {
      store(
          new WindowChange.Came(
              event.stream().name(), event.source(), event.received(), incoming.value()),
          to);
    }
  }

  private boolean count(Event event, Verdicts out) {
    boolean counted = false;
    for (Counted one : all) {
      if (one.stream().equals(event.stream().name())) {
        Lane lane = one.lane(lanes.of(event.source()));
        one.judge().count(lane.part, event, out);
        lane.heard(event.received());
        lane.changed = true;
        counted = true;
      }
    }
    return counted;
  }

  /** A source is read up to a time, whether or not its events came here. */
  void reach(TimePassed passed, Consumer<PartialRecord> to) {
    var reached =
        new WindowChange.Reached(
            passed.stream(), passed.sourcePartition(), passed.received(), passed.newest());
    if (reach(reached)) {
      store(reached, to);
    }
  }

  private boolean reach(WindowChange.Reached reached) {
    boolean further = false;
    for (Counted one : all) {
      if (one.stream().equals(reached.stream())) {
        Lane lane = one.lane(lanes.of(reached.sourcePartition()));
        long before = lane.part.clock();
        if (reached.newest() != Long.MIN_VALUE) {
          one.judge().reach(lane.part, reached.newest());
        }
        further |= lane.part.clock() > before;
        lane.heard(reached.received());
      }
    }
    return further;
  }

  private void store(WindowChange change, Consumer<PartialRecord> to) {
    journal.add(change.bytes());
    if (journal.isLong()) {
      handOn(to);
    }
  }

  /** Hands on what was counted, and how far sources are read. */
  void handOn(Consumer<PartialRecord> to) {
    boolean changed = !journal.isEmpty();
    for (Counted one : all) {
      for (PartialRecord record : records(one)) {
        to.accept(record);
      }
    }
    if (changed) {
      journal.replace(WindowChange.writeAll(all.stream().map(this::rest).toList()));
    }
  }

  private List<PartialRecord> records(Counted one) {
    List<PartialRecord> records = new ArrayList<>();
    List<PartialRecord.Piece> pieces = new ArrayList<>();
    int size = 0;
    for (Map.Entry<Integer, Lane> entry : one.lanes().entrySet()) {
      Lane lane = entry.getValue();
      if (lane.changed) {
        lane.changed = false;
        for (byte[] bytes : one.judge().handOn(lane.part, MOST_BYTES)) {
          if (size > 0 && size + bytes.length > MOST_BYTES) {
            records.add(record(one, pieces));
            pieces = new ArrayList<>();
            size = 0;
          }
          pieces.add(new PartialRecord.Piece(entry.getKey(), lane.received, bytes));
          size += bytes.length;
        }
      }
    }
    if (!pieces.isEmpty()) {
      records.add(record(one, pieces));
    }
    return records;
  }

  /** What stays of it: how far the lanes are, and nothing counted. */
  private PartialRecord rest(Counted one) {
    List<PartialRecord.Piece> pieces = new ArrayList<>();
    one.lanes()
        .forEach(
            (number, lane) ->
                pieces.add(
                    new PartialRecord.Piece(
                        number, lane.received, one.judge().snapshot(lane.part))));
    return record(one, pieces);
  }

  private PartialRecord record(Counted one, List<PartialRecord.Piece> pieces) {
    return new PartialRecord(
        project,
        one.stream(),
        one.judge().assertion().name(),
        one.judge().assertion().judgementHash(),
        lanes.all(one.stream()),
        pieces);
  }

  /** What was said when it was counted first is not said again. */
  private static final class Silent implements Verdicts {
    @Override
    public void violation(Violation violation) {}

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {}

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {}
  }

  /**
   * The lanes that events come in: each is what one source partition brings to one task, since only
   * its events are in one order.
   *
   * @param task its number
   * @param tasks how many there are
   * @param sources partitions of each stream's own topic; empty where tasks read them straight
   */
  record Lanes(int task, int tasks, Map<String, Integer> sources) {
    Lanes {
      sources = Map.copyOf(sources);
    }

    int of(Coordinates source) {
      return of(source.partition());
    }

    int of(int sourcePartition) {
      return sources.isEmpty() ? task : sourcePartition * tasks + task;
    }

    int all(String stream) {
      return tasks * sources.getOrDefault(stream, 1);
    }
  }
}
