package io.assay.stream.assertions;

import io.assay.assertion.eval.Informed;
import io.assay.assertion.eval.TruthState;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.AwaitingRecord.Mark;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;

/**
 * What one task makes of predictions and truths that meet in it: counts of what can be said now,
 * handed on now and then to where the windows are merged.
 *
 * <p>What waits is stored by id. What has turned out since it was last handed on is stored too, and
 * counted again after a restart.
 */
final class TruthCounts {
  /** Ids looked at before more are read; the others follow when it is told next how far all is. */
  private static final int MOST_FORGOTTEN = 20_000;

  /** Ids whose fields are looked at whenever counts are handed on. */
  private static final int MOST_LOOKED_THROUGH = 500;

  private final AwaitedStream stream;
  private final TruthStore store;
  private final Journal journal;
  private final Figures figures;
  private final Place place;
  private final List<TruthLanes> all;
  private final TruthMarks marks;
  private final EventDecoder predictions;
  private final Map<String, List<EventDecoder>> truths = new HashMap<>();
  private final Map<Integer, Mark> further = new TreeMap<>();

  /** Which of how many tasks it is. */
  record Place(int task, int tasks) {}

  TruthCounts(
      AwaitedStream stream, TruthStore store, Journal journal, Place place, Figures figures) {
    this.stream = stream;
    this.store = store;
    this.journal = journal;
    this.place = place;
    this.figures = figures;
    this.all = stream.lanes();
    this.marks = new TruthMarks(stream.topics());
    this.predictions = stream.decoder();
    stream.topics().forEach(topic -> truths.put(topic, stream.truths(topic)));
    restore();
  }

  private void restore() {
    try {
      journal.whole().ifPresent(bytes -> marks.restore(marks(bytes)));
      journal.changes().forEach(bytes -> count(stream.join().restoreInformed(bytes), new Silent()));
    } catch (RuntimeException unreadable) {
      figures.restarted("truths", unreadable);
    }
  }

  private static List<Mark> marks(byte[] bytes) {
    return AwaitingRecord.read(bytes) instanceof AwaitingRecord.Read read
        ? read.marks()
        : List.of();
  }

  /**
   * Takes what is of this stream; {@code out} is told what became of it.
   *
   * <p>Nothing is stored before all has been counted: after a failure another goes on from the
   * store, as if the record had not come.
   *
   * @return why a truth cannot be read
   */
  Optional<Decoded.Unreadable> take(
      AwaitingRecord record, Verdicts out, Consumer<PartialRecord> to) {
    Optional<Decoded.Unreadable> unreadable = Optional.empty();
    switch (record) {
      case AwaitingRecord.Came came when came.isTruth() -> unreadable = truth(came, out);
      case AwaitingRecord.Came came -> prediction(came, out);
      case AwaitingRecord.Read read -> reach(read, out);
    }
    if (journal.isLong()) {
      handOn(to);
    }
    return unreadable;
  }

  private void prediction(AwaitingRecord.Came came, Verdicts out) {
    if (predictions.decode(came.payload(), null, came.source(), came.received())
        instanceof Decoded.Readable(var event)) {
      TruthState state = store.of(came.id());
      var before = stream.join().keptUntil(state);
      Informed informed = stream.join().event(state, event, came.note(), out);
      List<byte[]> counted = counted(List.of(informed), out);
      store.put(came.id(), state, before);
      counted.forEach(journal::add);
    }
  }

  private Optional<Decoded.Unreadable> truth(AwaitingRecord.Came came, Verdicts out) {
    List<Event> said = new ArrayList<>();
    for (EventDecoder decoder : truths.getOrDefault(came.source().topic(), List.of())) {
      switch (decoder.decode(came.payload(), null, came.source(), came.received())) {
        case Decoded.Readable(var event) -> said.add(event);
        case Decoded.Unreadable unreadable -> {
          return Optional.of(unreadable);
        }
      }
    }
    if (!said.isEmpty()) {
      truth(said, out);
    }
    return Optional.empty();
  }

  /** Several truths of one id that came together. */
  private void truth(List<Event> said, Verdicts out) {
    String id = said.getFirst().key();
    TruthState state = store.of(id);
    var before = stream.join().keptUntil(state);
    List<Informed> informed = new ArrayList<>();
    said.forEach(event -> informed.addAll(stream.join().truth(state, event, out)));
    List<byte[]> counted = counted(informed, out);
    store.put(id, state, before);
    counted.forEach(journal::add);
  }

  /** What is to be counted again after a restart. */
  private List<byte[]> counted(List<Informed> all, Verdicts out) {
    List<byte[]> counted = new ArrayList<>();
    for (Informed informed : all) {
      if (count(informed, out)) {
        counted.add(stream.join().snapshot(informed));
      }
    }
    return counted;
  }

  private boolean count(Informed informed, Verdicts out) {
    boolean counted = false;
    for (TruthLanes one : all) {
      counted |= one.inform(informed, out);
    }
    return counted;
  }

  private void reach(AwaitingRecord.Read read, Verdicts out) {
    marks.hear(read).forEach(mark -> further.put(mark.source(), mark));
    if (!further.isEmpty()) {
      long clock = marks.clock(WindowJudge.IDLE);
      if (clock != Long.MIN_VALUE) {
        store.forget(clock - stream.type().latenessNanos(), MOST_FORGOTTEN, out);
      }
    }
  }

  TruthStore store() {
    return store;
  }

  /** Up to which arrivals all predictions have been read; nanoseconds. */
  long predictionsRead() {
    return marks.predictionsRead();
  }

  /** Takes out what waits for ids, as they are stored; behind what was counted was handed on. */
  void forget(List<Bytes> ids) {
    ids.forEach(store::delete);
    journal.clean();
  }

  /** Hands on what was counted, and behind it how far sources are read. */
  void handOn(Consumer<PartialRecord> to) {
    if (marks.sources() == 0) {
      return; // how many lanes there are is not known yet
    }
    int width = marks.readers() + place.tasks();
    var lanes = new LaneCounts.Numbers(marks.sources() * width, width);
    Collection<Mark> now = List.copyOf(further.values());
    for (TruthLanes one : all) {
      one.handOn(now, marks.readers() + place.task(), lanes).forEach(to);
    }
    if (!journal.isEmpty() || !now.isEmpty()) {
      journal.replace(
          new AwaitingRecord.Read(
                  stream.project(),
                  stream.type().name(),
                  "",
                  0,
                  marks.readers(),
                  marks.sources(),
                  marks.reached())
              .bytes());
    }
    further.clear();
    if (journal.isEmpty()) {
      // Else what is counted again after a restart may have fields of before.
      store.lookThroughFields(MOST_LOOKED_THROUGH);
    }
  }
}
