package io.assay.stream.assertions;

import io.assay.assertion.eval.WindowFigures;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.PartialRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Merges what tasks have gathered for assertions over windows and over streams, and judges what is
 * over.
 *
 * <p>Time is that of the partials: how far each source was read. So it goes on without events, and
 * a replay closes the same windows.
 */
final class WindowMerge implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private static final String FAILED =
      "it failed before, here or where its events are counted, and judges no more until it changes";

  private final LiveRules rules;
  private final Function<LiveRules.Generation, Map<String, Merging>> made;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final Gathered gathered = Gathered.withFigures();
  private @Nullable Task task;
  private boolean isNoted;

  /** Assertions that have failed under the rules of now, and why. */
  private final Map<String, String> errors = new TreeMap<>();

  private @Nullable ToldUse use;

  private record Merged(Merging merging, Journal journal) {}

  /**
   * What belongs to one assignment of the task, and one generation of rules.
   *
   * @param mergings by judgement hash
   */
  private record Task(
      LiveRules.Generation by,
      Map<String, Merging> mergings,
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      Map<String, Merged> merged,
      HeldBack held,
      Counts counts,
      Outgoing outgoing) {}

  /**
   * @param made of rules, for one task alone: by judgement hash
   * @param figures by stream; more may come
   */
  WindowMerge(
      LiveRules rules,
      Function<LiveRules.Generation, Map<String, Merging>> made,
      JudgeSettings settings,
      Map<String, Figures> figures) {
    this.rules = rules;
    this.made = made;
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(WindowTopology.STATE);
    var keys = new StateKeys(settings.project());
    Optional<Long> noted = Noted.read(store, keys);
    LiveRules.Generation by = noted.flatMap(rules::of).orElseGet(rules::newest);
    isNoted = noted.equals(Optional.of(by.number()));
    errors.clear();
    use = new ToldUse(settings.project(), context, () -> Troubles.ofErrors(errors));
    var held = new HeldBack(store, keys, settings.watched());
    task = task(by, context, store, keys, held, new Counts(store, keys, "", Tallied.to(figures)));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendCounts);
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::release);
  }

  private Task task(
      LiveRules.Generation by,
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      HeldBack held,
      Counts counts) {
    return new Task(
        by,
        made.apply(by),
        context,
        store,
        keys,
        new HashMap<>(),
        held,
        counts,
        new Outgoing(settings.project(), by.number(), context));
  }

  /**
   * Between two partials: takes up the newest rules, of which the task that sent one may have heard
   * first.
   */
  private Task look(Record<byte[], byte[]> record) {
    Task before = Objects.requireNonNull(task, "init comes first");
    LiveRules.Generation newest =
        rules.newest(HeaderNames.number(record.headers(), HeaderNames.RULE_VERSION, 0));
    Task now = newest.is(before.by()) ? before : change(before, newest);
    if (!isNoted) {
      isNoted = true;
      note(now, record.timestamp());
    }
    return now;
  }

  /** What was counted for assertions that are no more goes; all else is read from the store. */
  private Task change(Task before, LiveRules.Generation newest) {
    Task next =
        task(
            newest,
            before.context(),
            before.store(),
            before.keys(),
            before.held(),
            before.counts());
    before.mergings().keySet().stream()
        .filter(hash -> !next.mergings().containsKey(hash))
        .forEach(hash -> Journal.delete(before.store(), before.keys(), hash));
    isNoted = false;
    errors.clear();
    task = next;
    return next;
  }

  private void note(Task now, long timestamp) {
    long generation = now.by().number();
    if (generation > 0) {
      Noted.write(now.store(), now.keys(), generation);
      use().tell(generation, now.outgoing(), timestamp);
    }
  }

  private ToldUse use() {
    return Objects.requireNonNull(use, "init comes first");
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task now = look(record);
    PartialRecord partial;
    try {
      partial = PartialRecord.read(record.value());
    } catch (IllegalArgumentException broken) {
      failed("a partial cannot be read", broken);
      return;
    }
    if (!partial.project().equals(settings.project())) {
      return; // counted for others
    }
    if (now.held().mustWait(partial.stream(), record.timestamp())) {
      now.held().add(partial.stream(), record.timestamp(), record.value());
    } else {
      merge(now, partial, record.timestamp());
    }
  }

  private void release(long wallClockMillis) {
    Task now = Objects.requireNonNull(task, "init comes first");
    now.held().release((partial, millis) -> merge(now, PartialRecord.read(partial), millis));
  }

  /** Of lanes that its task did not know of yet, the partial says nothing: they are waited for. */
  private void merge(Task now, PartialRecord told, long timestamp) {
    Merging merging = now.mergings().get(told.judgementHash());
    if (merging == null) {
      return; // counted for a rule that has changed since
    }
    PartialRecord partial = told.withSources(settings.watched().sources(told.stream()));
    Merged merged =
        now.merged()
            .computeIfAbsent(partial.judgementHash(), hash -> restore(now, partial, merging));
    gathered.clear(partial.stream());
    merging.take(partial, gathered);
    merged.journal().add(partial.bytes());
    if (merged.journal().isLong()) {
      merged.journal().replace(merging.snapshot());
    }
    tell(now, partial.stream(), timestamp);
    if (merging.hasFailed()) {
      errors.putIfAbsent(partial.assertion(), FAILED);
    }
  }

  /** What was merged before; what was said of it then is not said again. */
  private Merged restore(Task now, PartialRecord partial, Merging merging) {
    var journal = new Journal(now.store(), now.keys(), partial.judgementHash());
    var said = new Gathered(Map.of());
    said.clear(partial.stream());
    merging.clear();
    try {
      journal.whole().ifPresent(merging::restore);
      journal.changes().forEach(change -> merging.take(PartialRecord.read(change), said));
    } catch (RuntimeException unreadable) {
      figuresOf(partial.stream()).restarted("windows of " + partial.judgementHash(), unreadable);
      merging.clear();
      journal.replace(merging.snapshot());
    }
    said.failures().forEach(failure -> errors.put(failure.assertion(), failure.message()));
    return new Merged(merging, journal);
  }

  private void tell(Task now, String stream, long timestamp) {
    now.counts().add(gathered);
    now.counts().store();
    for (Gathered.Found found : gathered.found()) {
      now.outgoing().violation(found, null, timestamp, null);
      figuresOf(found.violation().stream()).foundOne();
    }
    for (WindowFigures window : gathered.figures()) {
      now.outgoing().figures(FiguresRecord.of(settings.project(), stream, window), timestamp);
    }
    for (Gathered.Failure failure : gathered.failures()) {
      errors.put(failure.assertion(), failure.message());
      figuresOf(failure.stream()).assertionFailed(failure.assertion(), failure.message());
    }
  }

  private void sendCounts(long wallClockMillis) {
    Task now = Objects.requireNonNull(task, "init comes first");
    now.counts()
        .send(
            settings.project(),
            Counts.MERGING + now.context().taskId().partition(),
            count -> now.outgoing().count(count, wallClockMillis));
    if (isNoted) {
      use().tellChanges(now.by().number(), now.outgoing(), wallClockMillis);
    }
  }

  private void failed(String what, RuntimeException why) {
    figures.values().forEach(each -> each.failed(what, why));
  }

  private Figures figuresOf(String stream) {
    return figures.computeIfAbsent(stream, Figures::new);
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
