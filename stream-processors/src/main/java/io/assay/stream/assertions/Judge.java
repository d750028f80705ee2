package io.assay.stream.assertions;

import io.assay.assertion.eval.Costs;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.PartialRecord;
import io.assay.stream.contract.TickRecord;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
 * Judges the events of connected streams, in the order of their partition, by all rules of the
 * streams; and what it says that none have come.
 *
 * <p>Kafka Streams commits after whole records only, so everything that one changes is in the store
 * when {@link #process} returns.
 */
final class Judge implements Processor<byte[], Arriving, byte[], byte[]> {
  private static final String FAILED = "judge-failed";

  /** Keys looked at before events are judged again; the others follow with the next heartbeat. */
  private static final int MOST_WOKEN = 5_000;

  /** States that are stored at once where nothing comes. */
  private static final int MOST_SETTLED = 500;

  /**
   * A key that may be over but for what another stream still holds is not looked at all the time.
   */
  private static final long BETWEEN_LOOKS = 60_000_000_000L;

  /** What took too much may have been the input of a time. */
  private static final Duration SUSPENDED_FOR = Duration.ofMinutes(10);

  private final TaskRules.Register register;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final Map<String, Progress> read = new HashMap<>();
  private @Nullable Place place;
  private @Nullable Task task;
  private boolean isNoted;
  private long lookedMillis;
  private long settledAt = -1;
  private long suspendedMillis;

  /** What belongs to one assignment of the task; made anew with each, since the store may be. */
  private record Place(
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      TaskRules rules,
      Ledger ledger,
      Arrivals arrivals,
      Counts counts) {}

  /**
   * What belongs to one generation of rules, too: with other rules all is read again from the
   * store, as after a restart.
   */
  private record Task(
      Judging by,
      ProcessorContext<byte[], byte[]> context,
      GroupJudge judge,
      Costs costs,
      Gathered gathered,
      Ledger ledger,
      HotKeys keys,
      Wakes wakes,
      Arrivals arrivals,
      Counts counts,
      WindowCounts windows,
      AwaitingEvents awaiting,
      Outgoing outgoing) {}

  /**
   * @param register by which rules tasks judge
   * @param figures by stream
   */
  Judge(TaskRules.Register register, JudgeSettings settings, Map<String, Figures> figures) {
    this.register = register;
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(AssertionTopology.STATE);
    var keys = new StateKeys(settings.project());
    TaskRules rules = register.of(context.taskId());
    Optional<Long> noted = Noted.read(store, keys);
    Judging by = rules.begin(noted);
    String first = by.judge().streams().getFirst().name();
    var here =
        new Place(
            context,
            store,
            keys,
            rules,
            new Ledger(store, keys, settings.hotBytes() == 0 ? 1 : Ledger.PAGE),
            new Arrivals(settings.keyed() ? Map.of() : settings.sources()),
            new Counts(store, keys, first));
    place = here;
    task = task(here, by);
    here.ledger().read(entry -> again(task(), entry));
    isNoted = noted.equals(Optional.of(by.generation().number()));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendFigures);
    if (settings.keyed()) {
      by.judge().streams().forEach(stream -> read.put(stream.name(), new Progress()));
      lookedMillis = context.currentSystemTimeMs();
      context.schedule(
          JudgeSettings.heartbeats(true), PunctuationType.WALL_CLOCK_TIME, this::lookAtOwnSources);
    }
  }

  private Task task(Place here, Judging by) {
    GroupJudge judge = by.judge();
    Figures first = of(judge.streams().getFirst().name());
    WindowCounts.Lanes lanes = lanes(here.context().taskId().partition());
    var costs = Costs.of(Judge::cpuNanos, settings.budget());
    judge.measure(costs);
    return new Task(
        by,
        here.context(),
        judge,
        costs,
        new Gathered(by.streams()),
        here.ledger(),
        new HotKeys(here.store(), here.keys(), judge, here.ledger(), first, settings.hotBytes()),
        new Wakes(here.store(), here.keys(), judge, settings.idleAfter()),
        here.arrivals(),
        here.counts(),
        new WindowCounts(
            by.laneCounts(),
            by.decoders(),
            lanes,
            new Journal(here.store(), here.keys(), "windows"),
            first),
        new AwaitingEvents(settings.project(), by.laneCounts(), lanes),
        new Outgoing(settings.project(), by.generation().number(), here.context()));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private WindowCounts.Lanes lanes(int partition) {
    return settings.keyed()
        ? new WindowCounts.Lanes(
            partition,
            settings.sources().values().stream().mapToInt(Integer::intValue).max().orElse(1),
            Map.of(),
            settings.truthTasks())
        : new WindowCounts.Lanes(
            partition, settings.partitions(), settings.sources(), settings.truthTasks());
  }

  @Override
  public void process(Record<byte[], Arriving> record) {
    switch (record.value()) {
      case Incoming incoming -> judge(judging(record.timestamp()), incoming, record);
      case TimePassed passed -> pass(judging(record.timestamp()), passed);
      case RulesChanged ignored -> change(record.timestamp());
    }
  }

  private Task task() {
    return Objects.requireNonNull(task, "init comes first");
  }

  private Place place() {
    return Objects.requireNonNull(place, "init comes first");
  }

  /** The first who judges by a generation notes it in the same transaction. */
  private Task judging(long timestamp) {
    Task now = task();
    if (!isNoted) {
      isNoted = true;
      note(now, timestamp);
    }
    return now;
  }

  private void note(Task now, long timestamp) {
    long generation = now.by().generation().number();
    if (generation > 0) {
      Noted.write(place().store(), place().keys(), generation);
      now.outgoing().use(Noted.use(settings.project(), now.context(), generation), timestamp);
    }
  }

  /** Other rules: what was gathered by those before goes, and all else is read as they read it. */
  private void change(long timestamp) {
    Task before = task();
    settle(before, timestamp);
    figures.values().forEach(Figures::rulesChanged);
    task = task(place(), place().rules().current());
    isNoted = false;
  }

  private void judge(Task now, Incoming incoming, Record<byte[], Arriving> record) {
    Event event = incoming.event();
    Progress progress = read.get(event.stream().name());
    if (progress != null) {
      progress.read(record.timestamp());
    }
    if (now.keys().isLost(event.key())) {
      endPage(now);
    }
    now.gathered().clear(event.stream().name());
    GroupState state = now.keys().of(event.key(), () -> begin(event));
    try {
      now.judge()
          .judge(state, event, now.gathered())
          .ifPresent(taken -> count(now, taken, incoming.value(), record.timestamp()));
      now.wakes().set(state);
    } catch (RuntimeException failure) {
      // An assertion's own failure is a verdict; this is ours, and must not meet the task again.
      now.keys().forget(event.key());
      Figures own = of(event.stream().name());
      own.failed("judging failed at " + incoming.provenance().source(), failure);
      own.putAsideOne();
      var letter = new DeadLetter(incoming.provenance(), FAILED, String.valueOf(failure));
      now.outgoing().aside(incoming, record, AssertionTopology.DEAD_LETTERS, letter::write);
      return;
    }
    now.keys().changed(event.key(), now.ledger().next());
    now.ledger().add(event, incoming.value());
    tell(now, event, record.timestamp());
    putAside(now, incoming, record);
    report(now, event);
    if (now.ledger().isPageFull() || !now.by().laneCounts().isEmpty()) {
      // What windows count of an event is not counted again, so it is stored with the event.
      endPage(now);
      now.costs().tooCostly().ifPresent(costly -> suspend(now, costly, record.timestamp()));
    }
  }

  /** The others go on, without waiting for one that takes too much. */
  private void suspend(Task now, Costs.TooCostly costly, long timestamp) {
    String stream = now.by().streams().getOrDefault(costly.assertion(), "");
    Figures figure = figures.get(stream);
    if (figure == null) {
      return; // what every stream has is not left out
    }
    figure.assertionSuspended(
        costly.assertion(),
        String.format(
            Locale.ROOT,
            "it takes %.1f ms of CPU time an event, and may take %.1f ms; it is judged again after"
                + " %d minutes",
            costly.average().toNanos() / 1e6,
            settings.budget().toNanos() / 1e6,
            SUSPENDED_FOR.toMinutes()));
    suspendedMillis = now.context().currentSystemTimeMs();
    settle(now, timestamp);
    place().rules().suspend(costly.assertion());
    task = task(place(), place().rules().current());
  }

  private void resume(Task now, long timestamp) {
    figures.values().forEach(Figures::assertionsResumed);
    settle(now, timestamp);
    place().rules().resume();
    task = task(place(), place().rules().current());
  }

  /** All that was gathered and remembered is stored, or handed on: others may go on from there. */
  private void settle(Task now, long timestamp) {
    endPage(now);
    now.keys().settleAll();
    now.windows().handOn(partial -> send(now, partial, timestamp));
  }

  /** Where figures and states are stored: what follows is judged again after a restart. */
  private void endPage(Task now) {
    if (!now.ledger().isPageEmpty()) {
      now.counts().store();
      now.ledger().endPage();
    }
    now.keys().lost().forEach(key -> find(now, key));
    now.keys().pageEnded();
  }

  /**
   * An event that was taken before a restart, and is not in what was stored. What came of it has
   * been told; its counts only where they were not stored since.
   */
  private void again(Task now, Ledger.Entry entry) {
    entry
        .event(now.by().decoders())
        .ifPresent(
            event -> {
              GroupState state = now.keys().of(event.key());
              if (now.keys().includes(event.key(), entry.number())) {
                return;
              }
              again(now, state, event);
              now.keys().changed(event.key(), entry.number());
              if (entry.number() >= now.ledger().firstOfOpen()) {
                count(now);
              }
            });
  }

  private void again(Task now, GroupState state, Event event) {
    now.gathered().clear(event.stream().name());
    try {
      now.judge().judge(state, event, now.gathered());
      now.wakes().follow(state);
    } catch (RuntimeException failure) {
      of(event.stream().name()).failed("judging again failed at " + event.source(), failure);
    }
  }

  /** Brings an object that was dropped half changed back to what it was; a page has ended. */
  private void find(Task now, String key) {
    GroupState state = now.keys().of(key);
    now.ledger()
        .read(
            entry ->
                entry
                    .event(now.by().decoders())
                    .filter(event -> event.key().equals(key))
                    .filter(event -> !now.keys().includes(key, entry.number()))
                    .ifPresent(event -> again(now, state, event)));
    now.keys().write(key);
    now.keys().found(key);
  }

  /** Where topics are read straight, keys leave their state behind when partitions are added. */
  private void begin(Event event) {
    if (settings.keyed()) {
      settings.watched().lookAgain(event.stream().name());
    }
  }

  private static void count(Task now, Taken taken, byte[] payload, long timestamp) {
    now.windows().count(taken, payload, now.gathered(), partial -> send(now, partial, timestamp));
    now.awaiting().came(taken, payload, record -> now.outgoing().awaiting(record, timestamp));
  }

  /** Counts and violations. */
  private void tell(Task now, @Nullable Event event, long timestamp) {
    count(now);
    for (Gathered.Found found : now.gathered().found()) {
      now.outgoing().violation(found, event, timestamp);
      of(found.violation().stream()).foundOne();
    }
    for (Gathered.Failure failure : now.gathered().failures()) {
      of(failure.stream()).assertionFailed(failure.assertion(), failure.message());
    }
  }

  private static void count(Task now) {
    for (Gathered.Count count : now.gathered().counts()) {
      now.counts().add(count.minute(), count.name(), count.tally(), count.by());
    }
  }

  private void putAside(Task now, Incoming incoming, Record<byte[], Arriving> record) {
    Verdicts.LateReason reason = now.gathered().late();
    if (reason != null) {
      String text =
          switch (reason) {
            case LATE -> LateRecord.LATE;
            case FUTURE -> LateRecord.FUTURE;
          };
      var late =
          new LateRecord(
              incoming.provenance(), text, Math.floorDiv(incoming.event().at(), 1_000_000L));
      now.outgoing().aside(incoming, record, AssertionTopology.LATE, late::write);
    }
  }

  private void report(Task now, Event event) {
    Figures own = of(event.stream().name());
    if (now.gathered().late() == null) {
      own.judgedOne(event.at());
    } else {
      own.lateOne();
    }
    for (int i = 0; i < now.gathered().duplicates(); i++) {
      own.droppedOne();
    }
  }

  private static void send(Task now, PartialRecord partial, long timestamp) {
    now.outgoing().partial(partial, timestamp);
  }

  private void pass(Task now, TimePassed passed) {
    now.windows()
        .reach(passed, partial -> send(now, partial, Math.floorDiv(passed.received(), 1_000_000L)));
    now.awaiting().reach(passed);
    now.arrivals().heard(passed);
    long received = readUntil(now, passed.stream());
    if (received == Long.MIN_VALUE) {
      return;
    }
    now.judge().streams().stream()
        .filter(stream -> stream.name().equals(passed.stream()))
        .forEach(
            stream -> look(now, stream, now.wakes().take(stream, received, MOST_WOKEN), received));
  }

  private void look(Task now, StreamType stream, List<Wakes.Woken> woken, long received) {
    if (!woken.isEmpty()) {
      endPage(now);
      woken.forEach(one -> look(now, stream, one, received));
      now.counts().store();
    }
  }

  /** At a key of which nothing may have come. */
  private void look(Task now, StreamType stream, Wakes.Woken woken, long received) {
    now.gathered().clear(stream.name());
    GroupState state = now.keys().of(woken.key());
    if (state.wake(stream).orElse(-1) != woken.time()) {
      return; // of a state that began anew
    }
    List<Long> ticks;
    boolean over;
    try {
      ticks = now.wakes().pass(state, stream, received, now.gathered());
      over = now.wakes().isOver(state, readEverywhere(now));
      if (over) {
        now.judge().end(state, now.gathered());
      } else {
        now.wakes().set(state, received + BETWEEN_LOOKS);
      }
    } catch (RuntimeException failure) {
      now.keys().forget(woken.key());
      of(stream.name()).failed("time could not pass for key '" + woken.key() + "'", failure);
      return;
    }
    if (over) {
      now.keys().delete(woken.key());
    } else {
      now.keys().write(woken.key());
    }
    long millis = Math.floorDiv(received, 1_000_000L);
    tell(now, null, millis);
    for (long at : ticks) {
      of(stream.name()).tickedOne();
      now.outgoing()
          .tick(
              new TickRecord(settings.project(), stream.name(), woken.key(), at, received), millis);
    }
  }

  /** What has come since the topic was looked at may stand in a partition that nobody reads yet. */
  private long readUntil(Task now, String stream) {
    return Math.min(now.arrivals().of(stream), settings.watched().sameUntil(stream));
  }

  /** Up to when, by the clock of arrivals, all streams have been read. */
  private long readEverywhere(Task now) {
    return now.judge().streams().stream()
        .mapToLong(stream -> readUntil(now, stream.name()))
        .min()
        .orElse(Long.MIN_VALUE);
  }

  /** Of topics that are read straight, the task itself knows how far they are read. */
  private void lookAtOwnSources(long wallClockMillis) {
    if (place().rules().look()) {
      change(wallClockMillis);
    }
    Duration every = JudgeSettings.heartbeats(task().by().needsTime());
    if (wallClockMillis - lookedMillis < every.toMillis()) {
      return;
    }
    lookedMillis = wallClockMillis;
    Task now = judging(wallClockMillis);
    read.forEach(
        (stream, progress) -> {
          long received = progress.look(wallClockMillis);
          if (received >= 0) {
            pass(now, new TimePassed(stream, 0, received * 1_000_000L, Long.MIN_VALUE));
          }
        });
  }

  private void sendFigures(long wallClockMillis) {
    Task now = task();
    if (suspendedMillis > 0 && wallClockMillis - suspendedMillis > SUSPENDED_FOR.toMillis()) {
      suspendedMillis = 0;
      resume(now, wallClockMillis);
      now = task();
    }
    endPage(now);
    settleSome(now);
    Outgoing outgoing = now.outgoing();
    now.counts()
        .send(
            settings.project(),
            now.context().taskId().partition(),
            count -> outgoing.count(count, wallClockMillis));
    now.windows().handOn(partial -> outgoing.partial(partial, wallClockMillis));
    now.awaiting().tell(record -> outgoing.awaiting(record, wallClockMillis));
  }

  /** Where nothing comes, less and less is left to be judged again. */
  private void settleSome(Task now) {
    if (now.ledger().next() == settledAt) {
      now.keys().settle(MOST_SETTLED);
    }
    settledAt = now.ledger().next();
  }

  private Figures of(String stream) {
    return Objects.requireNonNull(figures.get(stream), stream);
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    if (place != null) {
      register.forget(place.context().taskId());
    }
    place = null;
    task = null;
  }
}
