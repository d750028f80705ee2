package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.PartialRecord;
import io.assay.stream.contract.Provenance;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where the predictions of a stream and their truths meet, by id.
 *
 * <p>As with the judge, everything that a record changes is in the store when {@link #process}
 * returns. Other rules are taken up between two records, as after a restart; what cannot be joined
 * is put aside, and leaves nothing behind.
 */
final class MeetTruth implements Processor<byte[], byte[], byte[], byte[]> {
  private static final String FAILED = "join-failed";
  private static final byte[] NOTHING = new byte[0];

  private final LiveRules rules;
  private final String stream;
  private final JudgeSettings settings;
  private final Figures figures;
  private final Erasing erasing;
  private final Gathered gathered = new Gathered(Map.of());
  private @Nullable Task task;

  /** Assertions that have failed under the rules of now, and why. */
  private final Map<String, String> errors = new TreeMap<>();

  private @Nullable ToldUse use;
  private @Nullable TaskErasures erasures;
  private boolean isTold;

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

  /** {@code erasing}: which keys are to be forgotten. */
  MeetTruth(
      LiveRules rules, String stream, JudgeSettings settings, Figures figures, Erasing erasing) {
    this.erasing = erasing;
    this.rules = rules;
    this.stream = stream;
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(TruthTopology.STATE);
    var keys = new StateKeys(settings.project());
    errors.clear();
    use = new ToldUse(settings.project(), context, () -> Troubles.ofErrors(errors));
    isTold = false;
    erasures = new TaskErasures(erasing, settings.project(), context, store, keys);
    task =
        task(
            rules.newest(),
            context,
            store,
            keys,
            new Counts(store, keys, stream, Tallied.to(Map.of(stream, figures))));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::send);
    context.schedule(TaskErasures.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::erase);
  }

  private void erase(long wallClockMillis) {
    var held =
        new AwaitedKeys(stream, () -> now().truths(), millis -> goOn(now(), now().by(), millis));
    Objects.requireNonNull(erasures, "init comes first")
        .look(held, wallClockMillis, done -> now().outgoing().erased(done, wallClockMillis));
  }

  private Task now() {
    return Objects.requireNonNull(task, "init comes first");
  }

  /** Hands on what was counted; all else is read from the store. */
  private Task goOn(Task before, LiveRules.Generation by, long timestamp) {
    before.truths().ifPresent(truths -> truths.handOn(one -> send(before, one, timestamp)));
    Task next = task(by, before.context(), before.store(), before.keys(), before.counts());
    task = next;
    return next;
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
    Task before = now();
    LiveRules.Generation newest =
        rules.newest(HeaderNames.number(record.headers(), HeaderNames.RULE_VERSION, 0));
    if (newest.is(before.by())) {
      tellOnce(before, record.timestamp());
      return before;
    }
    Task now = goOn(before, newest, record.timestamp());
    errors.clear();
    isTold = false;
    tellOnce(now, record.timestamp());
    return now;
  }

  /** From the first record on that is met by these rules. */
  private void tellOnce(Task now, long timestamp) {
    if (!isTold) {
      isTold = true;
      use().tell(now.by().number(), now.outgoing(), timestamp);
    }
  }

  private ToldUse use() {
    return Objects.requireNonNull(use, "init comes first");
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task now = look(record);
    AwaitingRecord came;
    try {
      came = AwaitingRecord.read(value(record));
    } catch (IllegalArgumentException broken) {
      broken(now, record, broken);
      return;
    }
    if (now.truths().isPresent() && isOurs(came.project(), came.stream())) {
      take(now, now.truths().get(), came, record);
    }
  }

  private static byte[] value(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    return value == null ? NOTHING : value;
  }

  private boolean isOurs(@Nullable String project, @Nullable String ofStream) {
    return settings.project().equals(project) && stream.equals(ofStream);
  }

  private void take(
      Task now, TruthCounts truths, AwaitingRecord came, Record<byte[], byte[]> record) {
    gathered.clear(stream);
    Optional<Decoded.Unreadable> unreadable;
    try {
      unreadable = truths.take(came, gathered, one -> send(now, one, record.timestamp()));
    } catch (KafkaException ofTheTask) {
      throw ofTheTask; // the store, or a sink: what was done is taken back with the transaction
    } catch (RuntimeException failure) {
      figures.failed("what waits for truth could not be joined", failure);
      putAside(now, came, record, new Decoded.Unreadable(FAILED, String.valueOf(failure)));
      // What it has counted of this record is in no store.
      task = task(now.by(), now.context(), now.store(), now.keys(), now.counts());
      return;
    }
    unreadable.ifPresent(why -> putAside(now, came, record, why));
    tell(now);
  }

  /** All who join read the topic; it is told by those whose it is. */
  private void broken(Task now, Record<byte[], byte[]> record, RuntimeException why) {
    if (isOurs(
        HeaderNames.text(record.headers(), HeaderNames.PROJECT),
        HeaderNames.text(record.headers(), HeaderNames.STREAM))) {
      RecordMetadata from = now.context().recordMetadata().orElseThrow();
      var at = new Coordinates(from.topic(), from.partition(), from.offset());
      figures.failed("what waits for truth could not be read", why);
      var provenance = new Provenance(settings.project(), stream, at, record.timestamp());
      var told = new Decoded.Unreadable(FAILED, String.valueOf(why));
      putAside(now, value(record), provenance, record, told);
    }
  }

  /** As it came to its own topic. */
  private void putAside(
      Task now, AwaitingRecord came, Record<byte[], byte[]> record, Decoded.Unreadable why) {
    if (came instanceof AwaitingRecord.Came one) {
      long millis = Math.floorDiv(one.received(), 1_000_000L);
      var provenance = new Provenance(settings.project(), stream, one.source(), millis);
      putAside(now, one.payload(), provenance, record, why);
    }
  }

  private void putAside(
      Task now,
      byte[] value,
      Provenance provenance,
      Record<byte[], byte[]> record,
      Decoded.Unreadable why) {
    figures.putAsideOne();
    var letter = new DeadLetter(provenance, why.cause(), why.detail());
    now.context()
        .forward(
            Aside.record(null, value, new RecordHeaders(), record.timestamp(), letter::write),
            AssertionTopology.DEAD_LETTERS);
  }

  private void tell(Task now) {
    now.counts().add(gathered);
    now.counts().store();
    for (Gathered.Turned turned : gathered.truths()) {
      figures.turnedOut(turned.truth(), turned.fate());
    }
    for (Gathered.Failure failure : gathered.failures()) {
      errors.put(failure.assertion(), failure.message());
      figures.assertionFailed(failure.assertion(), failure.message());
    }
  }

  private static void send(Task now, PartialRecord partial, long timestamp) {
    now.outgoing().partial(partial, timestamp);
  }

  private void send(long wallClockMillis) {
    Task now = now();
    now.counts()
        .send(
            settings.project(),
            Counts.TRUTHS + now.context().taskId().partition(),
            count -> now.outgoing().count(count, wallClockMillis));
    now.truths().ifPresent(truths -> truths.handOn(partial -> send(now, partial, wallClockMillis)));
    if (isTold) {
      use().tellChanges(now.by().number(), now.outgoing(), wallClockMillis);
    }
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
