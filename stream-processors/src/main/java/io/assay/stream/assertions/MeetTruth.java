package io.assay.stream.assertions;

import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.PartialRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the predictions of a stream and their truths meet, by id.
 *
 * <p>As with the judge, everything that a record changes is in the store when {@link #process}
 * returns. Other rules are taken up between two records, as after a restart.
 */
final class MeetTruth implements Processor<byte[], byte[], byte[], byte[]> {
  private final LiveRules rules;
  private final String stream;
  private final JudgeSettings settings;
  private final Figures figures;
  private final Gathered gathered = new Gathered(Map.of());
  private @Nullable Task task;

  /**
   * What belongs to one assignment of the task, and one generation of rules.
   *
   * @param truths empty where nothing waits for any by now
   */
  private record Task(
      LiveRules.Generation by,
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      Optional<TruthCounts> truths,
      Counts counts,
      Outgoing outgoing) {}

  MeetTruth(LiveRules rules, String stream, JudgeSettings settings, Figures figures) {
    this.rules = rules;
    this.stream = stream;
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(TruthTopology.STATE);
    var keys = new StateKeys(settings.project());
    task = task(rules.newest(), context, store, keys, new Counts(store, keys, stream));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  private Task task(
      LiveRules.Generation by,
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      Counts counts) {
    var place = new TruthCounts.Place(context.taskId().partition(), settings.truthTasks());
    Optional<TruthCounts> truths =
        AwaitedStream.of(by.rules(), stream, settings.project())
            .map(
                awaited ->
                    new TruthCounts(
                        awaited,
                        new TruthStore(store, keys, awaited.join(), figures),
                        new Journal(store, keys, "truths"),
                        place,
                        figures));
    var outgoing = new Outgoing(settings.project(), by.number(), context);
    return new Task(by, context, store, keys, truths, counts, outgoing);
  }

  /** The newest rules, of which the judge that sent a record may have heard first. */
  private Task look(Record<byte[], byte[]> record) {
    Task before = Objects.requireNonNull(task, "init comes first");
    LiveRules.Generation newest =
        rules.newest(HeaderNames.number(record.headers(), HeaderNames.RULE_VERSION, 0));
    if (newest.is(before.by())) {
      return before;
    }
    before
        .truths()
        .ifPresent(truths -> truths.handOn(one -> send(before, one, record.timestamp())));
    Task now = task(newest, before.context(), before.store(), before.keys(), before.counts());
    task = now;
    return now;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task now = look(record);
    gathered.clear(stream);
    try {
      AwaitingRecord came = AwaitingRecord.read(record.value());
      if (came.project().equals(settings.project()) && came.stream().equals(stream)) {
        now.truths()
            .ifPresent(
                truths -> truths.take(came, gathered, one -> send(now, one, record.timestamp())));
      }
    } catch (RuntimeException failure) {
      figures.failed("what waits for truth could not be joined", failure);
      return;
    }
    tell(now);
  }

  private void tell(Task now) {
    for (Gathered.Count count : gathered.counts()) {
      now.counts().add(count.minute(), count.name(), count.tally(), count.by());
    }
    now.counts().store();
    for (Gathered.Turned turned : gathered.truths()) {
      figures.turnedOut(turned.truth(), turned.fate());
    }
    for (Gathered.Failure failure : gathered.failures()) {
      figures.assertionFailed(failure.assertion(), failure.message());
    }
  }

  private static void send(Task now, PartialRecord partial, long timestamp) {
    now.outgoing().partial(partial, timestamp);
  }

  private void send(long wallClockMillis) {
    Task now = Objects.requireNonNull(task, "init comes first");
    now.counts()
        .send(
            settings.project(),
            Counts.TRUTHS + now.context().taskId().partition(),
            count -> now.outgoing().count(count, wallClockMillis));
    now.truths().ifPresent(truths -> truths.handOn(partial -> send(now, partial, wallClockMillis)));
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
