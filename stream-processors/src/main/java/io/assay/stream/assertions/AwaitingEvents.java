package io.assay.stream.assertions;

import io.assay.assertion.eval.Taken;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.AwaitingRecord.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sends predictions to where their truth comes, and how far they have been read. */
final class AwaitingEvents {
  private final String project;
  private final WindowCounts.Lanes lanes;

  /** By stream: what stands for the assertions that count its events and wait for truth. */
  private final Map<String, String> notes = new TreeMap<>();

  private final Map<String, Map<Integer, Mark>> read = new TreeMap<>();
  private final Map<String, Long> newest = new HashMap<>();

  /** {@code all}: what the task gathers. */
  AwaitingEvents(String project, List<LaneCounts> all, WindowCounts.Lanes lanes) {
    this.project = project;
    this.lanes = lanes;
    all.stream()
        .filter(LaneCounts::awaitsTruth)
        .forEach(
            one -> notes.merge(one.stream(), TruthLanes.note(one.judgementHash()), String::concat));
  }

  /** An event was taken, and counted by all that does not ask for truth. */
  void came(Taken taken, byte[] payload, Consumer<AwaitingRecord> to) {
    Event event = taken.event();
    String stream = event.stream().name();
    String note = notes.get(stream);
    if (note == null) {
      return;
    }
    newest.merge(stream, event.at(), Math::max);
    String id = event.declaredId();
    if (id != null) {
      to.accept(
          new AwaitingRecord.Came(
              project, stream, id, false, note, event.source(), event.received(), payload));
    }
  }

  /** A source is read up to a time; it is told with the next {@link #tell}. */
  void reach(TimePassed passed) {
    String stream = passed.stream();
    if (notes.containsKey(stream)) {
      boolean straight = lanes.isStraight();
      int source = straight ? lanes.task() : passed.sourcePartition();
      long at = straight ? newest.getOrDefault(stream, Long.MIN_VALUE) : passed.newest();
      read.computeIfAbsent(stream, unused -> new TreeMap<>())
          .put(source, new Mark(source, passed.received(), at));
    }
  }

  void tell(Consumer<AwaitingRecord> to) {
    read.forEach(
        (stream, marks) ->
            to.accept(
                new AwaitingRecord.Read(
                    project,
                    stream,
                    "",
                    lanes.isStraight() ? 0 : lanes.task(),
                    lanes.isStraight() ? 1 : lanes.tasks(),
                    lanes.sources(stream),
                    List.copyOf(marks.values()))));
    read.clear();
  }
}
