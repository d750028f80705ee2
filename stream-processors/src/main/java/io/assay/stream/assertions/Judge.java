package io.assay.stream.assertions;

import io.assay.assertion.eval.KeyState;
import io.assay.assertion.eval.StreamJudge;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of a stream, in the order of its partition, by all rules of the stream.
 *
 * <p>Kafka Streams commits after whole events only, so everything that an event changes is in the
 * store when {@link #process} returns.
 */
final class Judge implements Processor<byte[], Incoming, byte[], byte[]> {
  private static final String FAILED = "judge-failed";

  private final StreamJudge judge;
  private final StreamType stream;
  private final JudgeSettings settings;
  private final Figures figures;
  private final Gathered gathered = new Gathered();
  private @Nullable Task task;

  /** What belongs to one assignment of the task; made anew with each, since the store may be. */
  private record Task(
      ProcessorContext<byte[], byte[]> context, HotKeys keys, Counts counts, Outgoing outgoing) {}

  Judge(StreamJudge judge, StreamType stream, JudgeSettings settings, Figures figures) {
    this.judge = judge;
    this.stream = stream;
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(AssertionTopology.STATE);
    var keys = new StateKeys(settings.project());
    task =
        new Task(
            context,
            new HotKeys(store, keys, judge, figures, settings.hotBytes()),
            new Counts(store, keys),
            new Outgoing(settings.project(), context));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendCounts);
  }

  @Override
  public void process(Record<byte[], Incoming> record) {
    Task now = Objects.requireNonNull(task, "init comes first");
    Incoming incoming = record.value();
    Event event = incoming.event();
    gathered.clear();
    KeyState state = now.keys().of(event.key());
    byte[] snapshot;
    try {
      judge.judge(state, event, gathered);
      snapshot = judge.snapshot(state);
    } catch (RuntimeException failure) {
      // An assertion's own failure is a verdict; this is ours, and must not meet the task again.
      now.keys().forget(event.key());
      figures.failed("judging failed at " + incoming.provenance().source(), failure);
      figures.putAsideOne();
      var letter = new DeadLetter(incoming.provenance(), FAILED, String.valueOf(failure));
      now.outgoing().aside(record, AssertionTopology.DEAD_LETTERS, letter::write);
      return;
    }
    now.keys().put(event.key(), state, snapshot);
    for (Gathered.Count count : gathered.counts()) {
      now.counts().add(count.minute(), count.name(), count.tally(), count.by());
    }
    now.counts().store();
    forward(now, record);
    report(event);
  }

  private void forward(Task now, Record<byte[], Incoming> record) {
    Incoming incoming = record.value();
    for (Gathered.Found found : gathered.found()) {
      now.outgoing().violation(found, incoming.event(), record.timestamp());
    }
    Verdicts.LateReason reason = gathered.late();
    if (reason != null) {
      String text =
          switch (reason) {
            case LATE -> LateRecord.LATE;
            case FUTURE -> LateRecord.FUTURE;
          };
      var late =
          new LateRecord(
              incoming.provenance(), text, Math.floorDiv(incoming.event().at(), 1_000_000L));
      now.outgoing().aside(record, AssertionTopology.LATE, late::write);
    }
  }

  private void report(Event event) {
    if (gathered.late() == null) {
      figures.judgedOne(event.at());
    } else {
      figures.lateOne();
    }
    gathered.found().forEach(unused -> figures.foundOne());
    for (int i = 0; i < gathered.duplicates(); i++) {
      figures.droppedOne();
    }
    for (Gathered.Failure failure : gathered.failures()) {
      figures.assertionFailed(failure.assertion(), failure.message());
    }
  }

  private void sendCounts(long wallClockMillis) {
    Task now = Objects.requireNonNull(task, "init comes first");
    now.counts()
        .send(
            settings.project(),
            stream.name(),
            now.context().taskId().partition(),
            count -> now.outgoing().count(count, wallClockMillis));
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
