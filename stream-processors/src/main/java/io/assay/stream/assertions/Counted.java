package io.assay.stream.assertions;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of an event's counts. Used again for the count in this place of the next event, which mostly
 * has the same name, and the same cell of the same sheet.
 */
final class Counted {
  private CountSheet.Name name = new CountSheet.Name("", "", "");
  private @Nullable String of;
  private List<String> slices = List.of();
  private Tally tally = Tally.SEEN;
  private long minute;
  private long by;
  private boolean isBySlice;
  private int inSlices;
  private @Nullable CountSheet sheet;
  private CountSheet.@Nullable Cell cell;
  private @Nullable List<SliceCounts> sliced;

  /** {@code otherOf}: the stream of the event. */
  boolean is(String otherOf, String assertion, String expectation) {
    return name.assertion().equals(assertion)
        && name.expectation().equals(expectation)
        && otherOf.equals(of);
  }

  /** {@code nextSlices}: of the stream whose events the assertion judges. */
  void name(CountSheet.Name next, String nextOf, List<String> nextSlices) {
    name = next;
    of = nextOf;
    slices = nextSlices;
    sheet = null;
    cell = null;
  }

  void set(Tally nextTally, long nextMinute, long nextBy) {
    tally = nextTally;
    minute = nextMinute;
    by = nextBy;
    isBySlice = false;
  }

  /** {@code nextInSlices}: the values of the stream's slices, put together. */
  void set(Tally nextTally, long nextMinute, long nextBy, int nextInSlices) {
    set(nextTally, nextMinute, nextBy);
    isBySlice = true;
    inSlices = nextInSlices;
  }

  Tally tally() {
    return tally;
  }

  long minute() {
    return minute;
  }

  void addTo(CountSheet wanted) {
    CountSheet.Cell known = cell;
    if (known == null || sheet != wanted) {
      known = wanted.cell(name);
      cell = known;
      sheet = wanted;
      sliced = null;
    }
    known.add(tally, by);
    if (isBySlice) {
      addBySlice(known);
    }
  }

  private void addBySlice(CountSheet.Cell to) {
    List<SliceCounts> known = sliced == null ? to.slices(slices) : sliced;
    sliced = known;
    int place = SliceCounts.place(tally);
    for (int i = 0; i < known.size(); i++) {
      known.get(i).add(SliceValue.at(inSlices, i), place, by);
    }
  }
}
