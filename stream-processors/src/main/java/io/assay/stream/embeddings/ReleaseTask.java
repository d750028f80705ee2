package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.embeddings.Told.Alive;
import io.assay.stream.embeddings.Told.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the vectors of its share of the items, release by release, compares them as they come, and
 * tells the one who merges what it is asked.
 */
final class ReleaseTask implements Processor<byte[], byte[], byte[], Sent> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** How long work that can wait may hold the thread. */
  private static final long SLICE_NANOS = Duration.ofMillis(500).toNanos();

  /** Of vectors, deleted at once. */
  private static final int DELETED_AT_ONCE = 5_000;

  private final Embeddings embeddings;
  private final VectorReader reader;
  private final EmbeddingsSettings settings;
  private final Figures figures;
  private final AsideRows aside;
  private @Nullable ProcessorContext<byte[], Sent> context;
  private @Nullable Task task;

  /** What belongs to one assignment of the task. */
  private static final class Task {
    final ProcessorContext<byte[], Sent> context;
    final int partition;
    final KeptReleases kept;
    final KnownReleases known;
    final Answering answering;
    final Map<String, Progress> told = new HashMap<>();

    /** Sources that were read up to now since it was last told. */
    final Set<Integer> alive = new HashSet<>();

    long aliveToldMillis;

    Task(
        ProcessorContext<byte[], Sent> context,
        KeptReleases kept,
        KnownReleases known,
        Consumer<Told> to) {
      this.context = context;
      this.partition = context.taskId().partition();
      this.kept = kept;
      this.known = known;
      this.answering = new Answering(partition, kept, known, to);
      this.aliveToldMillis = context.currentSystemTimeMs();
    }
  }

  ReleaseTask(
      Embeddings embeddings, VectorReader reader, EmbeddingsSettings settings, Figures figures) {
    this.embeddings = embeddings;
    this.reader = reader;
    this.settings = settings;
    this.figures = figures;
    this.aside = new AsideRows(settings.project(), embeddings.name(), figures);
  }

  @Override
  public void init(ProcessorContext<byte[], Sent> own) {
    context = own;
    own.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  /** From what is stored, when it is first needed. */
  private Task task() {
    Task now = task;
    if (now == null) {
      ProcessorContext<byte[], Sent> own = Objects.requireNonNull(context, "init comes first");
      KeyValueStore<Bytes, byte[]> vectors = own.getStateStore(EmbeddingsTopology.VECTORS);
      ReadOnlyKeyValueStore<Bytes, byte[]> releases =
          own.getStateStore(EmbeddingsTopology.RELEASES);
      now =
          new Task(
              own,
              new KeptReleases(new VectorStore(vectors)),
              new KnownReleases(releases, settings.project(), embeddings.name()),
              told -> tell(own, told));
      task = now;
    }
    return now;
  }

  private static void tell(ProcessorContext<byte[], Sent> context, Told told) {
    var record =
        new Record<>(
            EmbeddingsTopology.TO_MERGE.clone(), told.write(), context.currentSystemTimeMs());
    context.forward(Sent.of(record, Sent.Route.TOLD));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Task now = task();
    OptionalInt source = settings.keyed() ? OptionalInt.empty() : ToAll.source(record);
    if (source.isPresent() && record.value() == null) {
      now.alive.add(source.getAsInt());
      return;
    }
    switch (reader.read(record.value(), record.timestamp())) {
      case Came.OfItem row -> take(now, record, row);
      case Came.Marker(var release) -> {
        if (isUnknownOrOpen(now, release)
            && !now.kept.mark(
                release,
                source.orElse(now.partition),
                VectorReader.dimensions(embeddings),
                isHeard(now, release))) {
          oneTooMany(now, record, release);
        }
      }
      case Came.Unreadable(var cause, var detail) ->
          aside.deadLetter(now.context, record, cause, detail);
    }
  }

  private void take(Task now, Record<byte[], byte[]> record, Came.OfItem row) {
    KeptReleases.Taken taken =
        isUnknownOrOpen(now, row.release())
            ? now.kept.take(row, isHeard(now, row.release()))
            : KeptReleases.Taken.LATE;
    switch (taken) {
      case TAKEN -> figures.judgedOne(row.atMillis() * 1_000_000L);
      case LATE -> aside.late(now.context, record, row.atMillis());
      case OF_OTHER_LENGTH ->
          aside.deadLetter(
              now.context,
              record,
              "broken-vector",
              "the release '%s' has vectors of another length than %d since it began"
                  .formatted(row.release(), row.vector().dimensions()));
      case ONE_TOO_MANY -> oneTooMany(now, record, row.release());
    }
  }

  private void oneTooMany(Task now, Record<byte[], byte[]> record, String release) {
    aside.deadLetter(
        now.context,
        record,
        "no-version",
        "the release '%s' came with a hundred others at once; is that what '%s' is?"
            .formatted(release, embeddings.version().name()));
  }

  /** Of a release that this task does not know, others may. */
  private static boolean isUnknownOrOpen(Task now, String release) {
    return now.kept.head(release).isPresent()
        || now.known.status(release).map(status -> status == ReleaseStatus.OPEN).orElse(true);
  }

  private static boolean isHeard(Task now, String release) {
    return now.kept.head(release).isPresent() || now.known.status(release).isPresent();
  }

  private void look(long wallClockMillis) {
    Task now = task();
    long until = System.nanoTime() + SLICE_NANOS;
    BooleanSupplier sliceOver = () -> System.nanoTime() - until > 0;
    List<ReleaseRecord> all = now.known.all();
    for (ReleaseRecord release : all) {
      if (!release.status().isGone()) {
        now.kept.begun(release.release(), release.dimensions());
      }
    }
    forget(now, all);
    for (ReleaseRecord release : all) {
      now.kept.head(release.release()).ifPresent(head -> look(now, release, head, sliceOver));
    }
    tellProgress(now);
    tellAlive(now, all, wallClockMillis);
  }

  /** What is closed and not known any more was forgotten by the one who merges. */
  private static void forget(Task now, List<ReleaseRecord> all) {
    Set<String> names = all.stream().map(ReleaseRecord::release).collect(Collectors.toSet());
    for (Head head : List.copyOf(now.kept.heads())) {
      if (head.closed && !names.contains(head.name)) {
        now.kept.delete(head, DELETED_AT_ONCE);
        now.told.remove(head.name);
        if (head.gone) {
          now.kept.forget(head);
        }
      }
    }
  }

  private static void look(Task now, ReleaseRecord release, Head head, BooleanSupplier sliceOver) {
    switch (release.status()) {
      case OPEN -> {
        if (!head.closed) {
          now.kept.follow(head, release);
          boolean unused = now.kept.build(head, sliceOver); // what is left, next time
        }
      }
      case CLOSING, PRECISE, TURNING, NEIGHBOURS -> {
        now.kept.close(head);
        now.answering.goOn(release, head, sliceOver);
      }
      case ACCEPTED, REJECTED -> {
        now.kept.close(head);
        now.kept.stop(head);
      }
      case ABANDONED, RETIRED -> now.kept.delete(head, DELETED_AT_ONCE);
    }
  }

  private void tellProgress(Task now) {
    for (Head head : now.kept.heads()) {
      if (!head.closed) {
        Progress progress = progress(now, head);
        Progress before = now.told.get(head.name);
        if (before == null
            || progress.isOtherThan(before)
            || !progress.shared().equals(before.shared())) {
          now.told.put(head.name, progress);
          head.sequence = progress.sequence();
          now.kept.put(head);
          tell(now.context, progress);
        }
      }
    }
  }

  private Progress progress(Task now, Head head) {
    Map<String, Long> shared = new LinkedHashMap<>();
    now.kept.running(head).forEach(pair -> shared.put(pair.base().name, pair.shared()));
    int needed = settings.keyed() ? 1 : settings.sources();
    return new Progress(
        now.partition,
        head.name,
        head.sequence + 1,
        head.dimensions,
        head.rows,
        head.items,
        head.newestMillis,
        head.markers.size() >= needed,
        !head.markers.isEmpty(),
        shared);
  }

  /** While a release is open, it may close once nothing is on its way any more. */
  private void tellAlive(Task now, List<ReleaseRecord> all, long wallClockMillis) {
    boolean awaited = all.stream().anyMatch(one -> one.status() == ReleaseStatus.OPEN);
    boolean due = wallClockMillis - now.aliveToldMillis >= settings.aliveEvery().toMillis();
    boolean heard = settings.keyed() || now.alive.size() >= settings.sources();
    if (awaited && due && heard) {
      now.aliveToldMillis = wallClockMillis;
      now.alive.clear();
      tell(now.context, new Alive(now.partition));
    }
  }

  @Override
  public void close() {
    // A task that is revived goes on from the store, which may be behind the objects.
    task = null;
  }
}
