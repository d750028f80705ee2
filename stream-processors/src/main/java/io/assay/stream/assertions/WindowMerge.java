package io.assay.stream.assertions;

import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowState;
import io.assay.stream.contract.PartialRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Merges what tasks have counted for assertions over windows, and judges the windows that are over.
 *
 * <p>Time is that of the partials: how far each source was read. So it goes on without events, and
 * a replay closes the same windows.
 */
final class WindowMerge implements Processor<byte[], byte[], byte[], byte[]> {
  private final Map<String, WindowJudge> judges;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;
  private final Gathered gathered = new Gathered(Map.of());
  private @Nullable Task task;

  private record Merged(WindowJudge judge, WindowState state, Journal journal) {}

  /** What belongs to one assignment of the task. */
  private record Task(
      ProcessorContext<byte[], byte[]> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      Map<String, Merged> merged,
      Counts counts,
      Outgoing outgoing) {}

  WindowMerge(List<WindowJudge> judges, JudgeSettings settings, Map<String, Figures> figures) {
    this.judges =
        judges.stream()
            .collect(
                Collectors.toMap(
                    judge -> judge.assertion().judgementHash(),
                    judge -> judge,
                    (one, same) -> one));
    this.settings = settings;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(WindowTopology.STATE);
    var keys = new StateKeys(settings.project());
    task =
        new Task(
            context,
            store,
            keys,
            new HashMap<>(),
            new Counts(store, keys, ""),
            new Outgoing(settings.project(), context));
    context.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendCounts);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task now = Objects.requireNonNull(task, "init comes first");
    PartialRecord partial;
    try {
      partial = PartialRecord.read(record.value());
    } catch (IllegalArgumentException broken) {
      failed("a partial cannot be read", broken);
      return;
    }
    WindowJudge judge = judges.get(partial.judgementHash());
    if (judge == null || !partial.project().equals(settings.project())) {
      return; // counted for a rule that has changed since, or for others
    }
    gathered.clear(partial.stream());
    Merged merged = now.merged().computeIfAbsent(partial.judgementHash(), h -> restore(now, judge));
    take(merged, partial, gathered);
    merged.journal().add(record.value());
    if (merged.journal().isLong()) {
      merged.journal().replace(judge.snapshot(merged.state()));
    }
    tell(now, record.timestamp());
  }

  private void take(Merged merged, PartialRecord partial, Gathered out) {
    WindowJudge judge = merged.judge();
    partial.pieces().stream()
        .mapToLong(PartialRecord.Piece::received)
        .max()
        .ifPresent(received -> judge.expectOnly(merged.state(), partial.lanes(), received));
    for (PartialRecord.Piece piece : partial.pieces()) {
      judge.take(
          merged.state(), piece.lane(), judge.restorePart(piece.part()), piece.received(), out);
    }
  }

  /** What was merged before; what was said of it then is not said again. */
  private Merged restore(Task now, WindowJudge judge) {
    String hash = judge.assertion().judgementHash();
    var journal = new Journal(now.store(), now.keys(), hash);
    var said = new Gathered(Map.of());
    said.clear(judge.assertion().on().name());
    try {
      WindowState state = journal.whole().map(judge::restoreState).orElseGet(judge::newState);
      var merged = new Merged(judge, state, journal);
      for (byte[] change : journal.changes()) {
        take(merged, PartialRecord.read(change), said);
      }
      return merged;
    } catch (RuntimeException unreadable) {
      figuresOf(judge.assertion().on().name()).restarted("windows of " + hash, unreadable);
      WindowState fresh = judge.newState();
      journal.replace(judge.snapshot(fresh));
      return new Merged(judge, fresh, journal);
    }
  }

  private void tell(Task now, long timestamp) {
    for (Gathered.Count count : gathered.counts()) {
      now.counts().add(count.minute(), count.name(), count.tally(), count.by());
    }
    now.counts().store();
    for (Gathered.Found found : gathered.found()) {
      now.outgoing().violation(found, null, timestamp);
      figuresOf(found.violation().stream()).foundOne();
    }
    for (Gathered.Failure failure : gathered.failures()) {
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
  }

  private void failed(String what, RuntimeException why) {
    figures.values().forEach(each -> each.failed(what, why));
  }

  private Figures figuresOf(String stream) {
    return Objects.requireNonNull(figures.get(stream), stream);
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
