package io.assay.stream.assertions;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import io.assay.stream.contract.CountRecord.InSlice;
import java.util.ArrayList;
import java.util.List;

/** What was judged, violated and undecided at events by the value that one slice has of them. */
final class SliceCounts {
  private static final int TALLIES = 3;

  /** How many figures there are. */
  static final int SIZE = 3 * TALLIES;

  private final long[] counts = new long[SIZE];

  /**
   * Adds to one.
   *
   * @param tally its {@link #place(Tally)}, looked up once for all slices
   */
  void add(SliceValue value, int tally, long by) {
    counts[place(value) + tally] += by;
  }

  /** One of all, as they are stored. */
  long at(int place) {
    return counts[place];
  }

  void put(int place, long count) {
    counts[place] = count;
  }

  /** A part of each value that there was. */
  List<InSlice> parts(String slice) {
    List<InSlice> parts = new ArrayList<>();
    for (SliceValue value : SliceValue.values()) {
      long judged = counts[place(value) + place(Tally.JUDGED)];
      long violated = counts[place(value) + place(Tally.VIOLATED)];
      long undecided = counts[place(value) + place(Tally.UNDECIDED)];
      if (judged > 0 || undecided > 0) {
        parts.add(new InSlice(slice, value, judged, violated, undecided));
      }
    }
    return parts;
  }

  private static int place(SliceValue value) {
    return TALLIES * value.code();
  }

  /** {@code tally}: judged, violated or undecided; others are not counted by slice. */
  static int place(Tally tally) {
    return switch (tally) {
      case JUDGED -> 0;
      case VIOLATED -> 1;
      case UNDECIDED -> 2;
      case SEEN, PASSED, HELD, LATE ->
          throw new IllegalArgumentException("by slice nobody counts " + tally);
    };
  }
}
