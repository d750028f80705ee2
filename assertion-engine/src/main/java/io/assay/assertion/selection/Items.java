package io.assay.assertion.selection;

import java.util.Arrays;

/**
 * The live items that a source may draw, by slice. An item is in the slice of its first candidate.
 */
final class Items {
  private final Strategy.From from;
  private final int[] slice;
  private final int[] place;
  private final Groups bySlice;
  private final int slices;

  Items(Pool pool, Live live, Strategy.From from) {
    this.from = from;
    this.slices = pool.slices();
    this.slice = new int[pool.items()];
    Arrays.fill(slice, Groups.NONE);
    for (int c = pool.size() - 1; c >= 0; c--) {
      boolean wanted =
          switch (from) {
            case ALL -> true;
            case FLAGGED -> pool.assertionOf(c) != Groups.NONE;
          };
      if (wanted && live.has(c)) {
        slice[pool.itemOf(c)] = pool.sliceOf(c);
      }
    }
    this.bySlice = Groups.of(slice, slices);
    this.place = new int[slice.length];
    for (int s = 0; s < slices; s++) {
      for (int i = 0; i < bySlice.size(s); i++) {
        place[bySlice.member(s, i)] = i;
      }
    }
  }

  Strategy.From from() {
    return from;
  }

  int slices() {
    return slices;
  }

  int size(int slice) {
    return bySlice.size(slice);
  }

  int item(int slice, int place) {
    return bySlice.member(slice, place);
  }

  int[] of(int slice) {
    return bySlice.membersOf(slice);
  }

  boolean has(int item) {
    return slice[item] != Groups.NONE;
  }

  int sliceOf(int item) {
    return slice[item];
  }

  int placeOf(int item) {
    return place[item];
  }
}
