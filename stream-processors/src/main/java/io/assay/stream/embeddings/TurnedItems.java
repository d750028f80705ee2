package io.assay.stream.embeddings;

import io.assay.stability.Embedding;
import io.assay.stability.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How far each item of a task has moved against a base, once it is known how the space turned. */
final class TurnedItems {
  /** So many at once are several times cheaper than one by one. */
  private static final int BLOCK = 256;

  private final Head base;
  private final Head release;
  private final SharedRows rows;
  private final Rotation rotation;
  private final Furthest furthest = new Furthest();
  private final List<Displaced> items = new ArrayList<>();
  private Embedding.Builder left;
  private Embedding.Builder right;

  TurnedItems(VectorStore store, Head base, Head release, Rotation rotation) {
    this.base = base;
    this.release = release;
    this.rows = new SharedRows(store, base, release);
    this.rotation = rotation;
    this.left = Embedding.builder(base.dimensions);
    this.right = Embedding.builder(release.dimensions);
  }

  /** Whether all are measured. */
  boolean goOn(BooleanSupplier sliceOver) {
    rows.walk(
        sliceOver,
        (item, inBase, inRelease) -> {
          items.add(new Displaced(item, Double.NaN, inBase, inRelease));
          left.add(inBase.values());
          right.add(inRelease.values());
          if (items.size() == BLOCK) {
            measure();
          }
        });
    measure();
    return rows.isOver();
  }

  private void measure() {
    if (items.isEmpty()) {
      return;
    }
    double[] displacements = rotation.displacements(left.build(), right.build());
    for (int i = 0; i < displacements.length; i++) {
      furthest.offer(items.get(i).by(displacements[i]));
    }
    items.clear();
    left = Embedding.builder(base.dimensions);
    right = Embedding.builder(release.dimensions);
  }

  byte[] bytes() {
    return furthest.bytes();
  }
}
