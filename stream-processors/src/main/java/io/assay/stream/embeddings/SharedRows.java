package io.assay.stream.embeddings;

import io.assay.stream.embeddings.VectorStore.Stored;
import io.assay.stream.embeddings.VectorStore.Walk;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The items that two releases share, walked in slices so that no thread is held for long. Items may
 * come meanwhile: those behind where it stands are walked, those before it are not.
 */
final class SharedRows {
  /** So often it is asked whether the slice is over. */
  private static final int ASK_EVERY = 64;

  private final VectorStore store;
  private final Head base;
  private final Head release;
  private String after = "";
  private boolean over;

  SharedRows(VectorStore store, Head base, Head release) {
    this.store = store;
    this.base = base;
    this.release = release;
  }

  /** Takes what both have of an item. */
  interface Taking {
    void take(String item, Vector inBase, Vector inRelease);
  }

  boolean isOver() {
    return over;
  }

  /** Nothing needs to be walked any more. */
  void end() {
    over = true;
  }

  /** Whether a place was walked already. */
  boolean isBehind(String item) {
    return over || (!after.isEmpty() && VectorStore.compare(item, after) <= 0);
  }

  /** Walks on until all is walked, or the slice is over. */
  void walk(BooleanSupplier sliceOver, Taking to) {
    if (over) {
      return;
    }
    try (Walk left = store.walk(base, after);
        Walk right = store.walk(release, after)) {
      @Nullable Stored inBase = left.next();
      @Nullable Stored inRelease = right.next();
      for (int i = 1; inBase != null && inRelease != null; i++) {
        int order = inBase.compareTo(inRelease);
        Stored first = order <= 0 ? inBase : inRelease;
        if (order == 0) {
          to.take(inBase.item(), inBase.vector(), inRelease.vector());
        }
        inBase = order <= 0 ? left.next() : inBase;
        inRelease = order >= 0 ? right.next() : inRelease;
        if (i % ASK_EVERY == 0 && sliceOver.getAsBoolean()) {
          after = first.item();
          return;
        }
      }
      over = true;
    }
  }
}
