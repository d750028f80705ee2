package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases of one task: their vectors in the store, and the comparisons of those that are open
 * in memory.
 *
 * <p>A comparison is written to the store as a checkpoint when more rows have changed than it costs
 * to write; until then the changed items are noted, so that a restart takes back and adds no more
 * than those.
 */
final class KeptReleases {
  private static final Logger LOG = LoggerFactory.getLogger(KeptReleases.class);

  /** What is no release's name may be another at each row; those of no more are kept. */
  private static final int MOST_OPEN = 100;

  /** A checkpoint is not worth it for fewer rows. */
  private static final long FEWEST_CHANGES = 1000;

  /** Rows take at least so many times the bytes that their checkpoint takes. */
  private static final long WORTH = 2;

  private final VectorStore store;
  private final Map<String, Head> heads;
  private final Map<String, Map<String, RunningPair>> pairs = new HashMap<>();

  KeptReleases(VectorStore store) {
    this.store = store;
    this.heads = store.heads();
    heads.values().stream().filter(head -> !head.checkpoints.isEmpty()).forEach(this::restore);
  }

  /** What became of a row. */
  enum Taken {
    TAKEN,
    /** Its release is closed. */
    LATE,
    /** Its release has vectors of another length. */
    OF_OTHER_LENGTH,
    /** Its release would be one of too many that nobody has heard of yet. */
    ONE_TOO_MANY
  }

  private void restore(Head release) {
    List<VectorStore.Change> changes = store.changes(release);
    for (Map.Entry<String, Integer> one : Map.copyOf(release.checkpoints).entrySet()) {
      Head base = heads.get(one.getKey());
      Optional<byte[]> checkpoint =
          base == null ? Optional.empty() : store.checkpoint(release, base, one.getValue());
      if (base == null || checkpoint.isEmpty()) {
        release.checkpoints.remove(one.getKey());
        continue;
      }
      try {
        of(release)
            .put(base.name, RunningPair.restored(store, base, release, checkpoint.get(), changes));
      } catch (IllegalArgumentException unreadable) {
        LOG.warn(
            "the comparison of {} with {} cannot be read and is built anew",
            release.name,
            base.name,
            unreadable);
        release.checkpoints.remove(base.name);
      }
    }
  }

  private Map<String, RunningPair> of(Head release) {
    return pairs.computeIfAbsent(release.name, name -> new LinkedHashMap<>());
  }

  Collection<Head> heads() {
    return heads.values();
  }

  Optional<Head> head(String release) {
    return Optional.ofNullable(heads.get(release));
  }

  /** One that is there, or begins. */
  Head begun(String release, int dimensions) {
    return heads.computeIfAbsent(
        release,
        name -> {
          int last = heads.values().stream().mapToInt(head -> head.ordinal).max().orElse(0);
          Head head = new Head(name, last + 1, dimensions);
          store.put(head);
          return head;
        });
  }

  /** {@code heard}: whether others know of the release. */
  Taken take(Came.OfItem row, boolean heard) {
    if (isOneTooMany(row.release(), heard)) {
      return Taken.ONE_TOO_MANY;
    }
    Head head = begun(row.release(), row.vector().dimensions());
    if (head.closed) {
      return Taken.LATE;
    }
    if (head.dimensions != row.vector().dimensions()) {
      return Taken.OF_OTHER_LENGTH;
    }
    @Nullable Vector before = store.get(head, row.item());
    head.rows++;
    head.newestMillis = Math.max(head.newestMillis, row.atMillis());
    if (before == null || !before.isSame(row.vector())) {
      change(head, row, before);
    }
    store.put(head);
    return Taken.TAKEN;
  }

  private boolean isOneTooMany(String release, boolean heard) {
    return !heard
        && !heads.containsKey(release)
        && heads.values().stream().filter(head -> !head.closed).count() >= MOST_OPEN;
  }

  private void change(Head head, Came.OfItem row, @Nullable Vector before) {
    store.put(head, row.item(), row.vector());
    head.items += before == null ? 1 : 0;
    boolean compared = false;
    for (RunningPair pair : of(head).values()) {
      compared |= pair.change(row.item(), before, row.vector());
    }
    if (!compared) {
      return;
    }
    head.journaled++;
    if (!head.checkpoints.isEmpty()) {
      store.journal(head, row.item(), before);
    }
    if (isWorthACheckpoint(head)) {
      checkpoint(head);
    }
  }

  private boolean isWorthACheckpoint(Head head) {
    if (head.journaled < FEWEST_CHANGES) {
      return false;
    }
    long bytes = 0;
    for (RunningPair pair : of(head).values()) {
      if (!pair.isReady()) {
        return false;
      }
      bytes += pair.estimatedBytes();
    }
    return head.journaled * head.dimensions * Float.BYTES >= WORTH * bytes;
  }

  /** Of all comparisons of a release at once: what has changed is noted for all alike. */
  private void checkpoint(Head head) {
    for (RunningPair pair : of(head).values()) {
      if (pair.renewed()) {
        return; // it is written when it is built
      }
    }
    for (RunningPair pair : of(head).values()) {
      List<byte[]> pieces = Pieces.of(pair.bytes());
      String base = pair.base().name;
      store.checkpoint(head, pair.base(), pieces, head.checkpoints.getOrDefault(base, 0));
      head.checkpoints.put(base, pieces.size());
    }
    store.clearJournal(head);
    head.journaled = 0;
    store.put(head);
  }

  /** A source says that a release is complete. Returns whether it is not one too many. */
  boolean mark(String release, int source, int dimensions, boolean heard) {
    if (isOneTooMany(release, heard)) {
      return false;
    }
    Head head = begun(release, dimensions);
    if (!head.closed && head.markers.add(source)) {
      store.put(head);
    }
    return true;
  }

  /** Compares a release with these bases and no others from now on. */
  void follow(Head head, ReleaseRecord known) {
    Set<String> wanted = new HashSet<>(known.bases());
    for (String gone : new ArrayList<>(of(head).keySet())) {
      if (!wanted.contains(gone)) {
        drop(head, gone);
      }
    }
    for (String base : known.bases()) {
      Head of = heads.get(base);
      if (of != null && !of(head).containsKey(base)) {
        of(head).put(base, new RunningPair(store, of, head, false));
      }
    }
  }

  private void drop(Head head, String base) {
    RunningPair pair = of(head).remove(base);
    Integer pieces = head.checkpoints.remove(base);
    if (pair != null && pieces != null) {
      store.checkpoint(head, pair.base(), List.of(), pieces);
      store.put(head);
    }
  }

  /** Walks what had come before its comparisons began; whether all are ready. */
  boolean build(Head head, BooleanSupplier sliceOver) {
    for (RunningPair pair : of(head).values()) {
      if (!pair.isReady()) {
        if (!pair.goOn(sliceOver)) {
          return false;
        }
        head.journaled += pair.shared();
        if (!head.checkpoints.isEmpty()
            && of(head).values().stream().allMatch(RunningPair::isReady)) {
          // What is noted had changed before it began.
          checkpoint(head);
        }
        store.put(head);
      }
    }
    return true;
  }

  /** As {@link #build}, and none of them worn by what was taken back. */
  boolean finish(Head head, BooleanSupplier sliceOver) {
    boolean ready = build(head, sliceOver);
    for (RunningPair pair : of(head).values()) {
      if (pair.renewed()) {
        ready = pair.goOn(sliceOver) && ready;
      }
    }
    return ready;
  }

  Collection<RunningPair> running(Head head) {
    return of(head).values();
  }

  /** Forgets the comparisons of a release: they are told, or not needed any more. */
  void stop(Head head) {
    boolean none = of(head).isEmpty() && head.checkpoints.isEmpty() && head.journaled == 0;
    pairs.remove(head.name);
    if (!none) {
      store.clearRunning(head);
      head.checkpoints.clear();
      head.journaled = 0;
      store.put(head);
    }
  }

  void close(Head head) {
    if (!head.closed) {
      head.closed = true;
      store.put(head);
    }
  }

  /** Deletes some of its vectors. */
  void delete(Head head, int most) {
    stop(head);
    close(head);
    if (!head.gone && !store.deleteVectors(head, most)) {
      head.gone = true;
      store.put(head);
    }
  }

  /** Of a release that nobody knows any more; it must be {@link Head#gone}. */
  void forget(Head head) {
    heads.remove(head.name);
    store.delete(head);
  }

  void put(Head head) {
    store.put(head);
  }

  VectorStore store() {
    return store;
  }
}
