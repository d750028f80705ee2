package io.assay.stream.embeddings;

import io.assay.stability.PairRow;
import io.assay.stability.PairShape;
import io.assay.stability.PairState;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A comparison of a release with a base, whose vectors stay as they are, in one task. */
final class RunningPair {
  private final VectorStore store;
  private final Head base;
  private final Head release;
  private final boolean precise;
  private PairState state;

  /** What had come before, which is walked. */
  private SharedRows walk;

  /** Whether it was built anew for what was taken back, and nothing was since. */
  private boolean renewed;

  /** With nothing compared yet: what is there already has to be walked. */
  RunningPair(VectorStore store, Head base, Head release, boolean precise) {
    this.store = store;
    this.base = base;
    this.release = release;
    this.precise = precise;
    this.state = empty();
    this.walk = new SharedRows(store, base, release);
  }

  private PairState empty() {
    PairShape shape = PairShape.of(base.dimensions, release.dimensions);
    return precise ? PairState.precise(shape) : PairState.fast(shape);
  }

  /**
   * Goes on from a checkpoint by what has changed since.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static RunningPair restored(
      VectorStore store,
      Head base,
      Head release,
      byte[] checkpoint,
      List<VectorStore.Change> changes) {
    var pair = new RunningPair(store, base, release, false);
    pair.state = PairState.read(checkpoint);
    pair.walk.end();
    for (VectorStore.Change change : changes) {
      Vector now = store.get(release, change.item());
      Vector inBase = store.get(base, change.item());
      if (now != null && inBase != null) {
        pair.apply(change.item(), inBase, change.before(), now);
      }
    }
    return pair;
  }

  Head base() {
    return base;
  }

  /** An item has another vector now. Returns whether the base has it. */
  boolean change(String item, @Nullable Vector before, Vector now) {
    Vector inBase = store.get(base, item);
    if (inBase == null) {
      return false;
    }
    if (walk.isBehind(item)) {
      apply(item, inBase, Optional.ofNullable(before), now);
    }
    return true;
  }

  private void apply(String item, Vector inBase, Optional<Vector> before, Vector now) {
    double[] x = inBase.values();
    PairRow row = PairRow.of(item, x, now.values());
    if (before.isPresent()) {
      state.replace(PairRow.of(item, x, before.get().values()), row);
      renewed = false;
    } else {
      state.add(row);
    }
  }

  /** Walks what had come before; whether it is compared to the end now. */
  boolean goOn(BooleanSupplier sliceOver) {
    walk.walk(
        sliceOver,
        (item, inBase, inRelease) ->
            state.add(PairRow.of(item, inBase.values(), inRelease.values())));
    return walk.isOver();
  }

  boolean isReady() {
    return walk.isOver();
  }

  /** Whether what was taken back has worn it: then it begins anew. */
  boolean renewed() {
    if (renewed || !walk.isOver() || !state.needsRebuild()) {
      return false;
    }
    renewed = true;
    state = empty();
    walk = new SharedRows(store, base, release);
    return true;
  }

  long shared() {
    return state.rows();
  }

  byte[] bytes() {
    return state.bytes();
  }

  /** What {@link #bytes} takes, about: two triangles of sums, and the sample. */
  long estimatedBytes() {
    PairShape shape = state.shape();
    long width = (long) shape.x() + shape.y();
    long rows = Math.min(shape.sample(), state.rows());
    return 4 * width * (width + 1) + 8L * shape.x() * shape.y() + rows * (4L * width + 32L);
  }
}
