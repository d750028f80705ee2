package io.assay.assertion.statistics;

import java.util.Optional;

/**
 * Two distributions, counted over the same bins, which the baseline has frozen.
 *
 * <p>Both were counted in cells; bins begin and end with cells of the coarser of both, so that
 * every count is a whole number and exact, and none depends on the order of events or their split.
 *
 * <p>What is missing is left out of both: how much that is tells a rate of its own, and a sensor
 * that fails is not to look like one that drifts.
 */
public record Compared(BinCounts baseline, BinCounts current) {
  /** Over bins that the baseline fills as equally as its numbers allow; empty where it has none. */
  public static Optional<Compared> overQuantiles(
      ValueCounts baseline, ValueCounts current, int most) {
    if (baseline.count() == 0) {
      return Optional.empty();
    }
    SortedCounts before = common(baseline, current);
    SortedCounts now = common(current, baseline);
    NumberBins bins = NumberBins.ofQuantiles(before, most);
    return Optional.of(new Compared(counted(before, bins), counted(now, bins)));
  }

  private static SortedCounts common(ValueCounts own, ValueCounts other) {
    SortedCounts sorted = own.sorted();
    return sorted.atLevel(Math.max(sorted.level(), other.sorted().level()));
  }

  private static BinCounts counted(SortedCounts cells, NumberBins bins) {
    var counts = new BinCounts(bins.size());
    for (int i = 0; i < cells.size(); i++) {
      counts.add(bins.bin(cells.cell(i).high()), cells.count(i));
    }
    return counts;
  }

  /** Over every cell by itself, in order: the finest there is. */
  public static Optional<Compared> overCells(ValueCounts baseline, ValueCounts current) {
    if (baseline.count() == 0 && current.count() == 0) {
      return Optional.empty();
    }
    return Optional.of(merged(common(baseline, current), common(current, baseline), false));
  }

  /** Over what the baseline has seen; one bin more is for all that it has not. */
  public static Optional<Compared> overCategories(ValueCounts baseline, ValueCounts current) {
    if (baseline.count() == 0) {
      return Optional.empty();
    }
    return Optional.of(merged(common(baseline, current), common(current, baseline), true));
  }

  private static Compared merged(SortedCounts before, SortedCounts now, boolean seenOnly) {
    var baseline = new BinCounts(before.size() + now.size() + 2);
    var current = new BinCounts(baseline.size());
    int unseen = baseline.size() - 2;
    int bin = 0;
    int j = 0;
    for (int i = 0; i < before.size() || j < now.size(); ) {
      boolean old = i < before.size() && (j == now.size() || before.key(i) <= now.key(j));
      boolean both = old && j < now.size() && before.key(i) == now.key(j);
      if (old) {
        baseline.add(bin, before.count(i++));
      }
      if (both) {
        current.add(bin, now.count(j++));
      } else if (!old) {
        current.add(seenOnly ? unseen : bin, now.count(j++));
      }
      bin++;
    }
    return new Compared(baseline, current);
  }
}
