package io.assay.stream.assertions;

import io.assay.assertion.eval.PairCodec;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.PartialRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one task gathers for assertions over windows, and over streams: handed on now and then, to
 * where that of all tasks is merged.
 *
 * <p>It changes with every event and may be large, so it is not stored with each. Stored is the
 * event: those since it was last handed on are counted again after a restart.
 */
final class WindowCounts {
  private final List<LaneCounts> all;
  private final Map<String, EventDecoder> decoders;
  private final Function<StreamType, PairCodec> pairs;
  private final Lanes lanes;
  private final Journal journal;
  private final Figures figures;

  /**
   * @param all of this task alone
   * @param decoders by stream: of all that is read
   * @param pairs the bytes of pairs of versions
   * @param begin has something begin that is not in the journal
   */
  WindowCounts(
      List<LaneCounts> all,
      Map<String, EventDecoder> decoders,
      Function<StreamType, PairCodec> pairs,
      Lanes lanes,
      Journal journal,
      Consumer<LaneCounts> begin,
      Figures figures) {
    this.all = List.copyOf(all);
    this.decoders = Map.copyOf(decoders);
    this.pairs = pairs;
    this.lanes = lanes;
    this.journal = journal;
    this.figures = figures;
    restore(begin);
  }

  private void restore(Consumer<LaneCounts> begin) {
    try {
      Set<String> known = journal.whole().map(this::restoreWhole).orElse(Set.of());
      List<LaneCounts> fresh =
          all.stream().filter(one -> !known.contains(one.judgementHash())).toList();
      fresh.forEach(begin);
      journal.changes().forEach(this::countAgain);
      if (!fresh.isEmpty() && journal.isEmpty()) {
        storeRest(); // how they began is not to be worked out again
      }
    } catch (RuntimeException unreadable) {
      figures.restarted("windows", unreadable);
    }
  }

  /** Returns the hashes of what was there. */
  private Set<String> restoreWhole(byte[] bytes) {
    Map<String, PartialRecord> stored = new HashMap<>();
    WindowChange.readAll(bytes).forEach(record -> stored.put(record.judgementHash(), record));
    for (LaneCounts counts : all) {
      PartialRecord record = stored.get(counts.judgementHash());
      if (record != null) {
        counts.restore(record);
      }
    }
    return stored.keySet();
  }

  private void countAgain(byte[] bytes) {
    switch (WindowChange.read(bytes)) {
      case WindowChange.Came came -> {
        EventDecoder decoder = decoders.get(came.stream());
        if (decoder != null
            && decoder.decode(came.payload(), null, came.source(), came.received())
                instanceof Decoded.Readable(var event)) {
          Taken taken = new Taken(event, pairs.apply(event.stream()).read(came.pairs()));
          count(taken, came.payload(), new Silent());
        }
      }
      case WindowChange.Reached reached -> reach(reached);
    }
  }

  /** Counts an event that its key's judge has taken. */
  void count(Taken taken, byte[] payload, Gathered out, Consumer<PartialRecord> to) {
    if (count(taken, payload, out)) {
      Event event = taken.event();
      store(ToldEvents.came(event, pairs.apply(event.stream()).write(taken.pairs()), payload), to);
    }
  }

  private boolean count(Taken taken, byte[] payload, Verdicts out) {
    Event event = taken.event();
    boolean counted = false;
    for (LaneCounts one : all) {
      if (one.stream().equals(event.stream().name())) {
        one.count(taken, payload, lanes.of(event.source().partition(), one.awaitsTruth()), out);
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
    for (LaneCounts one : all) {
      if (one.stream().equals(reached.stream())) {
        int lane = lanes.of(reached.sourcePartition(), one.awaitsTruth());
        further |= one.reach(lane, reached.newest(), reached.received());
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

  /** Hands on what was gathered, and how far sources are read. */
  void handOn(Consumer<PartialRecord> to) {
    for (LaneCounts one : all) {
      one.handOn(lanes.numbers(one)).forEach(to);
    }
    if (!journal.isEmpty()) {
      storeRest();
    }
  }

  private void storeRest() {
    journal.replace(
        WindowChange.writeAll(all.stream().map(one -> one.rest(lanes.numbers(one))).toList()));
  }

  /**
   * The lanes that events come in: each is what one source partition brings to one task, since only
   * its events are in one order.
   *
   * @param task its number
   * @param tasks how many there are
   * @param sources partitions of each stream's own topic; empty where tasks read them straight
   * @param truths how many tasks count when truth comes, each in a lane of its own
   */
  record Lanes(int task, int tasks, Map<String, Integer> sources, int truths) {
    Lanes {
      sources = Map.copyOf(sources);
    }

    /** Whether each source comes to one task alone. */
    boolean isStraight() {
      return sources.isEmpty();
    }

    int of(int sourcePartition, boolean awaitsTruth) {
      int width = perSource(awaitsTruth);
      return isStraight() ? task * width : sourcePartition * width + task;
    }

    private int perSource(boolean awaitsTruth) {
      return (isStraight() ? 1 : tasks) + (awaitsTruth ? truths : 0);
    }

    int sources(String stream) {
      return isStraight() ? tasks : sources.getOrDefault(stream, 1);
    }

    LaneCounts.Numbers numbers(LaneCounts of) {
      int width = perSource(of.awaitsTruth());
      return new LaneCounts.Numbers(sources(of.stream()) * width, width);
    }
  }
}
