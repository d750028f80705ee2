package io.assay.web.assertions;

import io.assay.web.system.Refused;
import java.util.List;
import java.util.Optional;

/**
 * A part of the list.
 *
 * @param total how many fit the filter
 * @param ill of all, whether they fit or not: those that do not do their work
 * @param next the place after which the next part begins; empty for the last
 * @param isFirst whether nothing stands before it
 */
record AssertionSlice(
    List<AssertionLine> lines, int total, long ill, Optional<String> next, boolean isFirst) {

  /** Of those that it has. */
  List<String> names() {
    return lines.stream().map(AssertionLine::name).toList();
  }

  /**
   * Those that fit, in order, behind a place, whatever stood there; all of them behind the empty
   * text.
   *
   * @throws Refused where {@code after} is no place
   */
  static AssertionSlice of(
      List<AssertionLine> all, AssertionFilter filter, String after, int size) {
    AssertionOrder order = filter.order();
    List<AssertionLine> fitting = all.stream().filter(filter::fits).sorted(order.order()).toList();
    int from =
        AssertionPlace.read(after)
            .map(
                place ->
                    (int)
                        fitting.stream()
                            .takeWhile(line -> order.place(line).compareTo(place) <= 0)
                            .count())
            .orElse(0);
    int to = Math.min(fitting.size(), from + size);
    List<AssertionLine> shown = fitting.subList(from, to);
    return new AssertionSlice(
        shown,
        fitting.size(),
        all.stream().filter(line -> line.health().isIll()).count(),
        to < fitting.size()
            ? Optional.of(order.place(shown.getLast()).written())
            : Optional.empty(),
        from == 0);
  }
}
