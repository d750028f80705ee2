package io.assay.assertion.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How often what was seen, before and now, in bins that people read. Over the same bins as {@link
 * Compared}, with their names.
 */
public record Histogram(List<Bin> bins) {
  public Histogram {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param name of a category; empty of all others, and of numbers
   * @param upTo the last number that belongs to it; empty for the last bin and of categories
   * @param before events of the baseline
   * @param now events of the window
   */
  public record Bin(String name, OptionalDouble upTo, long before, long now) {}

  /** Numbers, in bins that the baseline fills as equally as it can; none where it has no number. */
  public static Histogram ofNumbers(ValueCounts baseline, ValueCounts current, int most) {
    if (baseline.count() == 0) {
      return new Histogram(List.of());
    }
    NumberBins bins = NumberBins.ofQuantiles(baseline, most);
    long[] before = counted(baseline.sorted(), bins);
    long[] now = counted(current.sorted(), bins);
    List<Bin> all = new ArrayList<>();
    for (int i = 0; i < bins.missing(); i++) {
      double upTo = bins.upTo(i);
      all.add(
          new Bin(
              "",
              Double.isFinite(upTo) ? OptionalDouble.of(upTo) : OptionalDouble.empty(),
              before[i],
              now[i]));
    }
    return new Histogram(all);
  }

  private static long[] counted(SortedCounts cells, NumberBins bins) {
    long[] counts = new long[bins.size()];
    for (int i = 0; i < cells.size(); i++) {
      counts[bins.bin(cells.cell(i).high())] += cells.count(i);
    }
    return counts;
  }

  /** Categories by their names, and one bin for all whose names are not known here. */
  public static Histogram ofCategories(
      ValueCounts baseline, ValueCounts current, List<String> names) {
    List<Bin> all = new ArrayList<>();
    long restBefore = baseline.count();
    long restNow = current.count();
    for (String name : names) {
      long before = baseline.countOf(name);
      long now = current.countOf(name);
      restBefore -= before;
      restNow -= now;
      all.add(new Bin(name, OptionalDouble.empty(), before, now));
    }
    if (restBefore > 0 || restNow > 0) {
      all.add(new Bin("", OptionalDouble.empty(), restBefore, restNow));
    }
    return new Histogram(all);
  }
}
