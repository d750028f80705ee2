package io.assay.stream.embeddings;

import io.assay.stability.NearestItems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What of a task's items is near those that moved most, in a base and in a release. */
final class NearItems {
  /** So many at once are several times cheaper than one by one. */
  private static final int BLOCK = 256;

  private final int k;
  private final List<Displaced> asked;
  private final SharedRows rows;
  private final NearestItems before;
  private final NearestItems after;
  private final List<String> items = new ArrayList<>();
  private final List<double[]> left = new ArrayList<>();
  private final List<double[]> right = new ArrayList<>();

  /** {@code asked}: one at least, all with vectors. */
  NearItems(VectorStore store, Head base, Head release, int k, List<Displaced> asked) {
    this.k = k;
    this.asked = List.copyOf(asked);
    this.rows = new SharedRows(store, base, release);
    List<String> names = asked.stream().map(Displaced::item).toList();
    this.before = of(k, names, asked.stream().map(Displaced::inBase).toList());
    this.after = of(k, names, asked.stream().map(Displaced::inRelease).toList());
  }

  private static NearestItems of(int k, List<String> names, List<Vector> vectors) {
    return NearestItems.of(k, names, vectors.stream().map(Vector::values).toList());
  }

  /** Whether all are held against them. */
  boolean goOn(BooleanSupplier sliceOver) {
    rows.walk(
        sliceOver,
        (item, inBase, inRelease) -> {
          items.add(item);
          left.add(inBase.values());
          right.add(inRelease.values());
          if (items.size() == BLOCK) {
            offer();
          }
        });
    offer();
    return rows.isOver();
  }

  private void offer() {
    if (!items.isEmpty()) {
      before.offer(items, left);
      after.offer(items, right);
      items.clear();
      left.clear();
      right.clear();
    }
  }

  NearTold told() {
    List<NearTold.Around> all = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Displaced one = asked.get(i);
      all.add(
          new NearTold.Around(
              one.item(), one.displacement(), before.nearest().get(i), after.nearest().get(i)));
    }
    return new NearTold(k, all);
  }
}
