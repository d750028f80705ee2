package io.assay.stream.assertions;

import io.assay.assertion.eval.Costs;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.Midway;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.PartialRecord;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.tracing.Step;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A task as it judges by one generation of rules: with other rules all is read again from the
 * store, as after a restart.
 *
 * <p>Figures and states are stored where a page of the {@link Ledger} ends; what it has of events
 * since is judged again, in silence, by whoever goes on from the store.
 *
 * <p>Longer than others: figures, states and the page end together, and are read again together.
 */
final class JudgeTask {
  /** What windows have counted of events, in the store. */
  static final String WINDOWS = "windows";

  /** States that are stored at once where nothing comes. */
  private static final int MOST_SETTLED = 500;

  private final Assignment here;
  private final Judging by;
  private final Costs costs;
  private final Gathered gathered;
  private final HotKeys keys;
  private final Wakes wakes;
  private final WindowCounts windows;
  private final AwaitingEvents awaiting;
  private final Outgoing outgoing;
  private final Map<String, RuleUse.Cost> measured = new HashMap<>();
  private final Voices voices;
  private final NamedVersions versions = new NamedVersions();
  private long settledAt = -1;
  private long pageBegan = cpuNanos();

  /** What belongs to one assignment of the task; made anew with each, since the store may be. */
  record Assignment(
      JudgeSettings settings,
      Map<String, Figures> figures,
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      TaskRules rules,
      Ledger ledger,
      Arrivals arrivals,
      Counts counts) {
    Figures of(String stream) {
      return Objects.requireNonNull(figures.get(stream), stream);
    }
  }

  JudgeTask(Assignment here, Judging by) {
    this.here = here;
    this.by = by;
    JudgeSettings settings = here.settings();
    GroupJudge judge = by.judge();
    Figures first = here.of(judge.streams().getFirst().name());
    costs = Costs.of(JudgeTask::cpuNanos, settings.budget());
    judge.measure(costs);
    gathered = new Gathered(by.streams(), by.slices());
    keys = new HotKeys(here.store(), here.keys(), judge, here.ledger(), first, settings.hotBytes());
    wakes = new Wakes(here.store(), here.keys(), judge, settings.idleAfter());
    WindowCounts.Lanes lanes = lanes(settings, here.context().taskId().partition());
    windows =
        new WindowCounts(
            by.laneCounts(),
            by.decoders(),
            judge::pairs,
            lanes,
            new Journal(here.store(), here.keys(), WINDOWS),
            this::begin,
            first);
    awaiting = new AwaitingEvents(settings.project(), by.laneCounts(), lanes);
    outgoing = new Outgoing(settings.project(), by.generation().number(), here.context());
    voices = new Voices(settings.project(), judge, outgoing);
  }

  /** What is new where events were judged before has not seen them. */
  private void begin(LaneCounts counts) {
    if (here.ledger().next() > 0) {
      long now = here.context().currentSystemTimeMs() * 1_000_000L;
      long last = here.of(counts.stream()).lastEventNanos().orElse(Long.MIN_VALUE);
      counts.begin(new Midway(last, now));
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static WindowCounts.Lanes lanes(JudgeSettings settings, int partition) {
    return settings.keyed()
        ? new WindowCounts.Lanes(
            partition,
            settings.sources().values().stream().mapToInt(Integer::intValue).max().orElse(1),
            Map.of(),
            settings.truthTasks())
        : new WindowCounts.Lanes(
            partition, settings.partitions(), settings.sources(), settings.truthTasks());
  }

  Judging by() {
    return by;
  }

  GroupJudge judge() {
    return by.judge();
  }

  Costs costs() {
    return costs;
  }

  /** What the event judged last brought forth, or the time that passed last. */
  Gathered gathered() {
    return gathered;
  }

  HotKeys keys() {
    return keys;
  }

  Wakes wakes() {
    return wakes;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /** Judges an event, and counts it for windows and what waits for truth. */
  void judge(GroupState state, Event event, byte[] payload, long timestamp) {
    judge().judge(state, event, gathered).ifPresent(taken -> count(taken, payload, timestamp));
    versions.count(event, gathered);
    wakes.set(state);
  }

  private void count(Taken taken, byte[] payload, long timestamp) {
    windows.count(taken, payload, gathered, partial -> send(partial, timestamp));
    awaiting.came(taken, payload, record -> outgoing.awaiting(record, timestamp));
  }

  private void send(PartialRecord partial, long timestamp) {
    outgoing.partial(partial, timestamp);
  }

  /** A key's object has taken an event: from now on the store has it. */
  void taken(Event event, byte[] payload) {
    keys.changed(event.key(), here.ledger().next());
    here.ledger().add(event, payload);
  }

  /**
   * Whether the page ends with the event taken last. What windows count of an event is not counted
   * again, so it is stored with the event.
   */
  boolean endsPage() {
    return here.ledger().isPageFull() || !by.laneCounts().isEmpty();
  }

  /**
   * Counts, violations and silences that time has brought forth.
   *
   * @param received until then nothing has come, nanoseconds since the epoch
   */
  void tell(long received) {
    hand(null, Math.floorDiv(received, 1_000_000L), null);
    voices.passed(gathered.voices(), received);
  }

  /** Counts and violations of an event; {@code step}: that it was judged in. */
  void tell(Event event, long timestamp, Step step) {
    hand(event, timestamp, step.traceparent());
    voices.came(gathered.voices(), timestamp);
    step.with("assay.violations", gathered.found().size());
  }

  private void hand(@Nullable Event event, long timestamp, @Nullable String trace) {
    count();
    for (Gathered.Found found : gathered.found()) {
      outgoing.violation(found, event, timestamp, trace);
      here.of(found.violation().stream()).foundOne();
    }
    for (Gathered.Failure failure : gathered.failures()) {
      here.of(failure.stream()).assertionFailed(failure.assertion(), failure.message());
    }
  }

  private void count() {
    here.counts().add(gathered);
  }

  /** Where figures and states are stored: what follows is judged again after a restart. */
  void endPage() {
    if (!here.ledger().isPageEmpty()) {
      here.counts().store();
      here.ledger().endPage();
    }
    keys.lost().forEach(this::find);
    long now = cpuNanos();
    keys.pageEnded(now - pageBegan);
    pageBegan = now;
  }

  /** All that was gathered and remembered is stored, or handed on: others may go on from there. */
  void settle(long timestamp) {
    tellCosts();
    endPage();
    keys.settleAll();
    windows.handOn(partial -> send(partial, timestamp));
  }

  /** A source is read up to a time. */
  void reach(TimePassed passed) {
    windows.reach(passed, partial -> send(partial, Math.floorDiv(passed.received(), 1_000_000L)));
    awaiting.reach(passed);
    here.arrivals().heard(passed);
  }

  /** Sends what has gathered; where nothing comes, less and less is left to be judged again. */
  void sendFigures(long wallClockMillis) {
    tellCosts();
    endPage();
    if (here.ledger().next() == settledAt) {
      keys.settle(MOST_SETTLED);
    }
    settledAt = here.ledger().next();
    here.counts()
        .send(
            here.settings().project(),
            here.context().taskId().partition(),
            count -> outgoing.count(count, wallClockMillis));
    windows.handOn(partial -> send(partial, wallClockMillis));
    awaiting.tell(record -> outgoing.awaiting(record, wallClockMillis));
    // Behind what was handed on: what is counted again has fields of its own.
    keys.lookThroughFields(MOST_SETTLED);
  }

  private void tellCosts() {
    String first = judge().streams().getFirst().name();
    costs.tell(
        (assertion, events, nanos) -> {
          here.of(by.streams().getOrDefault(assertion, first)).took(assertion, events, nanos);
          measured.merge(assertion, new RuleUse.Cost(events, nanos), RuleUse.Cost::plus);
        });
  }

  /** What was measured of each assertion so far. */
  Map<String, RuleUse.Cost> measured() {
    return Map.copyOf(measured);
  }

  /** Takes up where the one before stopped: what was stored, and the events since. */
  void resume() {
    if (here.ledger().missing() > 0) {
      here.of(judge().streams().getFirst().name())
          .failed(
              here.ledger().missing() + " pages of events since states were stored are missing",
              new IllegalStateException("a crash outside a transaction"));
    }
    here.ledger().read(this::again);
  }

  /**
   * An event that is not in what was stored of its key. What came of it has been told; its counts
   * only where they were not stored since.
   */
  private void again(LedgerEntry entry) {
    entry
        .event(by.decoders())
        .ifPresent(
            event -> {
              GroupState state = keys.of(event.key());
              if (keys.includes(event.key(), entry.number())) {
                keys.release(event.key());
                return;
              }
              again(state, event);
              keys.changed(event.key(), entry.number());
              if (entry.number() >= here.ledger().firstOfOpen()) {
                count();
              }
            });
  }

  private void again(GroupState state, Event event) {
    gathered.clear(event.stream().name());
    try {
      judge().judge(state, event, gathered);
      versions.count(event, gathered);
      wakes.follow(state);
    } catch (RuntimeException failure) {
      here.of(event.stream().name()).failed("judging again failed at " + event.source(), failure);
    }
  }

  /** Brings an object that was dropped half changed back to what it was; a page has ended. */
  private void find(String key) {
    GroupState state = keys.of(key);
    here.ledger()
        .read(
            entry ->
                entry
                    .event(by.decoders())
                    .filter(event -> event.key().equals(key))
                    .filter(event -> !keys.includes(key, entry.number()))
                    .ifPresent(event -> again(state, event)));
    keys.write(key);
    keys.found(key);
  }
}
