package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.embeddings.Told.Alive;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Piece;
import io.assay.stream.embeddings.Told.Progress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the tasks tell of releases, closes those that are complete, adds up, measures and
 * judges. One task for all of some embeddings' releases.
 */
final class ReleaseMerge implements Processor<byte[], byte[], byte[], Sent> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Embeddings embeddings;
  private final LiveRules rules;
  private final EmbeddingsSettings settings;
  private final Figures figures;
  private final Executor measuring;
  private @Nullable ProcessorContext<byte[], Sent> context;
  private @Nullable Task task;

  /** What belongs to one assignment of the task. */
  private record Task(
      ProcessorContext<byte[], Sent> context, Course course, ReleaseVerdicts verdicts) {}

  /** {@code measuring}: does what would hold a stream's thread for too long. */
  ReleaseMerge(
      Embeddings embeddings,
      LiveRules rules,
      EmbeddingsSettings settings,
      Figures figures,
      Executor measuring) {
    this.embeddings = embeddings;
    this.rules = rules;
    this.settings = settings;
    this.figures = figures;
    this.measuring = measuring;
  }

  @Override
  public void init(ProcessorContext<byte[], Sent> own) {
    context = own;
    own.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    own.schedule(settings.countsEvery(), PunctuationType.WALL_CLOCK_TIME, this::sendCounts);
  }

  /** From what is stored, when it is first needed. */
  private Task task() {
    Task now = task;
    if (now == null) {
      ProcessorContext<byte[], Sent> own = Objects.requireNonNull(context, "init comes first");
      KeyValueStore<Bytes, byte[]> store = own.getStateStore(EmbeddingsTopology.MERGED);
      ReadOnlyKeyValueStore<Bytes, byte[]> heard = own.getStateStore(EmbeddingsTopology.RELEASES);
      var verdicts = new ReleaseVerdicts(embeddings, settings, store, own, figures);
      var publishing = new Publishing(own, new MergeStore(store));
      var course =
          new Course(
              embeddings,
              rules,
              settings,
              new KnownReleases(heard, settings.project(), embeddings.name()),
              publishing,
              new Measuring(rules, publishing, verdicts, measuring, settings.partitions()),
              own.currentSystemTimeMs());
      now = new Task(own, course, verdicts);
      task = now;
    }
    return now;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Told told;
    try {
      told = Told.read(record.value());
    } catch (IllegalArgumentException broken) {
      figures.failed("what a task told cannot be read", broken);
      return;
    }
    Task now = task();
    long millis = now.context().currentSystemTimeMs();
    switch (told) {
      case Alive alive -> now.course().alive(alive, millis);
      case Progress progress -> now.course().progress(progress, millis);
      case Piece piece -> now.course().piece(piece);
      case Answer answer -> now.course().answer(answer);
    }
  }

  private void sendCounts(long wallClockMillis) {
    task().verdicts().sendCounts(wallClockMillis);
  }

  private void look(long wallClockMillis) {
    task().course().look(wallClockMillis);
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
