package io.assay.stream.assertions;

import io.assay.assertion.eval.Costs;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Erasing;
import io.assay.stream.tracing.Step;
import io.assay.stream.tracing.Traces;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.HashMap;
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
 *
 * <p>Longer than others: a task is changed, suspended and resumed between two records only, which
 * nobody but the processor knows.
 */
final class Judge implements Processor<byte[], Arriving, byte[], byte[]> {
  private static final String FAILED = "judge-failed";

  /** What took too much may have been the input of a time. */
  private static final Duration SUSPENDED_FOR = Duration.ofMinutes(10);

  private final TaskRules.Register register;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final Traces traces;
  private final Erasing erasing;
  private final Map<String, Progress> read = new HashMap<>();
  private JudgeTask.@Nullable Assignment assignment;
  private @Nullable PassingTime time;
  private @Nullable JudgeTask task;
  private boolean isNoted;
  private long lookedMillis;
  private Suspended suspended = Suspended.NONE;
  private @Nullable ToldUse use;
  private @Nullable TaskErasures erasures;

  /**
   * @param register by which rules tasks judge
   * @param figures by stream
   * @param traces hear of events that are traced
   * @param erasing which keys are to be forgotten
   */
  Judge(
      TaskRules.Register register,
      JudgeSettings settings,
      Map<String, Figures> figures,
      Traces traces,
      Erasing erasing) {
    this.traces = traces;
    this.erasing = erasing;
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
    suspended = Suspended.read(store, keys);
    Judging by = rules.begin(noted, suspended.names());
    var here =
        new JudgeTask.Assignment(
            settings,
            figures,
            context,
            store,
            keys,
            rules,
            new Ledger(store, keys, settings.hotBytes() == 0 ? 1 : Ledger.PAGE),
            new Arrivals(settings.keyed() ? Map.of() : settings.sources()),
            new Counts(store, keys, by.judge().streams().getFirst().name(), Tallied.to(figures)));
    var begun = new JudgeTask(here, by);
    begun.resume();
    assignment = here;
    use =
        new ToldUse(
            settings.project(),
            context,
            () -> Troubles.of(figures.values()),
            () -> task().measured());
    time = new PassingTime(here);
    erasures = new TaskErasures(erasing, settings.project(), context, store, keys);
    task = begun;
    suspended.names().forEach(name -> tellSuspended(name, "it took too much before a new start"));
    isNoted = noted.equals(Optional.of(by.generation().number()));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendFigures);
    context.schedule(TaskErasures.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::erase);
    if (settings.keyed()) {
      by.judge().streams().forEach(stream -> read.put(stream.name(), new Progress()));
      lookedMillis = context.currentSystemTimeMs();
      context.schedule(
          JudgeSettings.heartbeats(true), PunctuationType.WALL_CLOCK_TIME, this::lookAtOwnSources);
    }
  }

  @Override
  public void process(Record<byte[], Arriving> record) {
    switch (record.value()) {
      case Incoming incoming -> {
        try (Step step = follow(incoming.event())) {
          judge(judging(record.timestamp()), incoming, record, step);
        }
      }
      case TimePassed passed -> time().pass(judging(record.timestamp()), passed);
      case RulesChanged ignored -> change(record.timestamp());
    }
  }

  private JudgeTask task() {
    return Objects.requireNonNull(task, "init comes first");
  }

  private PassingTime time() {
    return Objects.requireNonNull(time, "init comes first");
  }

  private ToldUse use() {
    return Objects.requireNonNull(use, "init comes first");
  }

  private JudgeTask.Assignment here() {
    return Objects.requireNonNull(assignment, "init comes first");
  }

  /** The first who judges by a generation notes it in the same transaction. */
  private JudgeTask judging(long timestamp) {
    JudgeTask now = task();
    if (!isNoted) {
      isNoted = true;
      note(now, timestamp);
    }
    return now;
  }

  private void note(JudgeTask now, long timestamp) {
    long generation = now.by().generation().number();
    if (generation > 0) {
      Noted.write(here().store(), here().keys(), generation);
      use().tell(generation, now.outgoing(), timestamp);
    }
  }

  /** Other rules: what was gathered by those before goes, and all else is read as they read it. */
  private void change(long timestamp) {
    figures.values().forEach(Figures::rulesChanged);
    goOn(timestamp);
    suspend(Suspended.NONE);
    isNoted = false;
  }

  /** Between two records: goes on by what the task's rules are now. */
  private void goOn(long timestamp) {
    task().settle(timestamp);
    task = new JudgeTask(here(), here().rules().current());
  }

  private void suspend(Suspended now) {
    if (!now.equals(suspended)) {
      suspended = now;
      now.write(here().store(), here().keys());
    }
  }

  private Step follow(Event event) {
    String trace = event.trace();
    if (!traces.follows(trace)) {
      return Step.handOn(trace);
    }
    return traces
        .follow("judge " + event.stream().name(), SpanKind.CONSUMER, trace)
        .with("assay.project", settings.project())
        .with("assay.stream", event.stream().name())
        .with("messaging.system", "kafka")
        .with("messaging.destination.name", event.source().topic())
        .with("messaging.kafka.offset", event.source().offset());
  }

  private void judge(JudgeTask now, Incoming incoming, Record<byte[], Arriving> record, Step step) {
    Event event = incoming.event();
    Progress progress = read.get(event.stream().name());
    if (progress != null) {
      progress.read(record.timestamp());
    }
    if (now.keys().isLost(event.key())) {
      now.endPage();
    }
    now.gathered().clear(event.stream().name());
    GroupState state = now.keys().of(event.key(), () -> begin(event));
    try {
      now.judge(state, event, incoming.completed(), record.timestamp());
    } catch (RuntimeException failure) {
      // An assertion's own failure is a verdict; this is ours, and must not meet the task again.
      now.keys().forget(event.key());
      step.failed(String.valueOf(failure));
      putAside(now, incoming, record, failure);
      return;
    }
    now.taken(event, incoming.completed());
    now.tell(event, record.timestamp(), step);
    Verdicts.LateReason late = now.gathered().late();
    if (late != null) {
      now.outgoing().late(incoming, record, late);
    }
    report(now, event);
    if (now.endsPage()) {
      now.endPage();
      now.costs().tooCostly().ifPresent(costly -> suspend(costly, record.timestamp()));
    }
  }

  /** Where topics are read straight, keys leave their state behind when partitions are added. */
  private void begin(Event event) {
    if (settings.keyed()) {
      settings.watched().lookAgain(event.stream().name());
    }
  }

  private void putAside(
      JudgeTask now, Incoming incoming, Record<byte[], Arriving> record, RuntimeException failure) {
    Figures own = here().of(incoming.event().stream().name());
    own.failed("judging failed at " + incoming.provenance().source(), failure);
    own.putAsideOne();
    var letter = new DeadLetter(incoming.provenance(), FAILED, String.valueOf(failure));
    now.outgoing().aside(incoming, record, AssertionTopology.DEAD_LETTERS, letter::write);
  }

  private void report(JudgeTask now, Event event) {
    Figures own = here().of(event.stream().name());
    if (now.gathered().late() == null) {
      own.judgedOne(event.at());
    } else {
      own.lateOne();
    }
    for (int i = 0; i < now.gathered().duplicates(); i++) {
      own.droppedOne();
    }
  }

  /** The others go on, without waiting for one that takes too much. */
  private void suspend(Costs.TooCostly costly, long timestamp) {
    if (here().rules().streamOf(costly.assertion()).isEmpty()) {
      return; // what every stream has is not left out
    }
    tellSuspended(
        costly.assertion(),
        String.format(
            Locale.ROOT,
            "it takes %.1f ms of CPU time an event, and may take %.1f ms; it is judged again after"
                + " %d minutes",
            costly.average().toNanos() / 1e6,
            settings.budget().toNanos() / 1e6,
            SUSPENDED_FOR.toMinutes()));
    leaveOut(suspended.and(costly.assertion(), here().context().currentSystemTimeMs()), timestamp);
  }

  private void tellSuspended(String assertion, String why) {
    here()
        .rules()
        .streamOf(assertion)
        .ifPresent(stream -> here().of(stream).assertionSuspended(assertion, why));
  }

  private void leaveOut(Suspended next, long timestamp) {
    suspend(next);
    here().rules().leaveOut(next.names());
    goOn(timestamp);
  }

  private void resumeSuspended(long wallClockMillis) {
    if (!suspended.names().isEmpty()
        && wallClockMillis - suspended.since() > SUSPENDED_FOR.toMillis()) {
      figures.values().forEach(Figures::assertionsResumed);
      leaveOut(Suspended.NONE, wallClockMillis);
    }
  }

  /** Of topics that are read straight, the task itself knows how far they are read. */
  private void lookAtOwnSources(long wallClockMillis) {
    if (here().rules().look()) {
      change(wallClockMillis);
    }
    Duration every = JudgeSettings.heartbeats(task().by().needsTime());
    if (wallClockMillis - lookedMillis < every.toMillis()) {
      return;
    }
    lookedMillis = wallClockMillis;
    JudgeTask now = judging(wallClockMillis);
    int partition = here().context().taskId().partition();
    now.by()
        .judge()
        .streams()
        .forEach(
            stream -> {
              boolean isAllRead = settings.watched().isAllRead(stream.topic(), partition);
              long received =
                  Objects.requireNonNull(read.get(stream.name())).look(wallClockMillis, isAllRead);
              if (received >= 0) {
                time()
                    .pass(
                        now,
                        new TimePassed(stream.name(), 0, received * 1_000_000L, Long.MIN_VALUE));
              }
            });
  }

  private void erase(long wallClockMillis) {
    Objects.requireNonNull(erasures, "init comes first")
        .look(
            new JudgedKeys(here(), time(), this::goOn),
            wallClockMillis,
            done -> task().outgoing().erased(done, wallClockMillis));
  }

  private void sendFigures(long wallClockMillis) {
    resumeSuspended(wallClockMillis);
    task().sendFigures(wallClockMillis);
    if (isNoted) {
      long generation = task().by().generation().number();
      use().tellChanges(generation, task().outgoing(), wallClockMillis);
    }
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    if (assignment != null) {
      register.forget(assignment.context().taskId());
    }
    assignment = null;
    time = null;
    erasures = null;
    task = null;
  }
}
