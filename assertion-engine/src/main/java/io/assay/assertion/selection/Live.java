package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which candidates may still be picked. Whoever must not be is taken out at once, not turned away
 * when drawn: so the probabilities of draws are exact. An item is live while a candidate of it is.
 */
final class Live {
  private final Pool pool;
  private final boolean[] live;
  private final int[] liveOfItem;
  private final List<IntConsumer> whenGone = new ArrayList<>();
  private final List<IntConsumer> whenItemGone = new ArrayList<>();

  Live(Pool pool) {
    this.pool = pool;
    this.live = new boolean[pool.size()];
    Arrays.fill(live, true);
    this.liveOfItem = new int[pool.items()];
    for (int i = 0; i < liveOfItem.length; i++) {
      liveOfItem[i] = pool.byItem().size(i);
    }
  }

  /** Tells of each candidate and each item that goes from now on. */
  void whenGone(IntConsumer candidate, IntConsumer item) {
    whenGone.add(candidate);
    whenItemGone.add(item);
  }

  boolean has(int c) {
    return live[c];
  }

  boolean hasItem(int item) {
    return liveOfItem[item] > 0;
  }

  /** The first live candidate of a live item. */
  int firstOf(int item) {
    Groups byItem = pool.byItem();
    for (int i = 0; i < byItem.size(item); i++) {
      if (live[byItem.member(item, i)]) {
        return byItem.member(item, i);
      }
    }
    throw new IllegalStateException("item " + item + " has no live candidate");
  }

  void drop(int c) {
    if (live[c]) {
      live[c] = false;
      whenGone.forEach(told -> told.accept(c));
      int item = pool.itemOf(c);
      if (--liveOfItem[item] == 0) {
        whenItemGone.forEach(told -> told.accept(item));
      }
    }
  }

  void dropItem(int item) {
    pool.byItem().forEach(item, this::drop);
  }
}
