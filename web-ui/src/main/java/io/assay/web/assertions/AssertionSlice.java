package io.assay.web.assertions;

import java.util.List;
import java.util.Optional;

/**
 * A part of the list.
 *
 * @param total how many fit the filter
 * @param ill of all, whether they fit or not: those that do not do their work
 * @param next the name after which the next part begins; empty for the last
 * @param isFirst whether nothing stands before it
 */
record AssertionSlice(
    List<AssertionLine> lines, int total, long ill, Optional<String> next, boolean isFirst) {

  /**
   * Those that fit, in order, after the one of a name; from the start where that is not among them
   * any more.
   */
  static AssertionSlice of(
      List<AssertionLine> all, AssertionFilter filter, String after, int size) {
    List<AssertionLine> fitting =
        all.stream().filter(filter::fits).sorted(filter.order().order()).toList();
    int from = 0;
    for (int i = 0; i < fitting.size(); i++) {
      if (fitting.get(i).name().equals(after)) {
        from = i + 1;
      }
    }
    int to = Math.min(fitting.size(), from + size);
    List<AssertionLine> shown = fitting.subList(from, to);
    return new AssertionSlice(
        shown,
        fitting.size(),
        all.stream().filter(line -> line.health().isIll()).count(),
        to < fitting.size() ? Optional.of(shown.getLast().name()) : Optional.empty(),
        from == 0);
  }
}
