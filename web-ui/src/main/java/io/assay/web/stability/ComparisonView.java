package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a release differs from another, as a page shows it.
 *
 * @param lines a measure each
 * @param moved items that moved most, those that were looked for
 */
record ComparisonView(StabilityRecord record, List<Line> lines, List<StabilityRecord.Moved> moved) {
  ComparisonView {
    lines = List.copyOf(lines);
    moved = List.copyOf(moved);
  }

  /**
   * One measure.
   *
   * @param value null where it says nothing
   * @param interval of 95 %; null where there is none
   */
  record Line(String measure, @Nullable Double value, @Nullable Interval interval) {}

  /** {@code letters}: lower case, that the names of moved items have. */
  static ComparisonView of(StabilityRecord record, String letters) {
    return new ComparisonView(
        record,
        record.measures().map(measured -> lines(record, measured)).orElse(List.of()),
        record.moved().stream()
            .filter(one -> one.item().toLowerCase(Locale.ROOT).contains(letters))
            .toList());
  }

  private static List<Line> lines(StabilityRecord record, Measured measured) {
    List<Line> lines = new ArrayList<>();
    lines.add(line("eis", record.saysEis() ? measured.eis() : null, measured));
    new TreeMap<>(measured.neighbours())
        .forEach((k, kept) -> lines.add(line("neighbours" + k, kept, measured)));
    lines.add(line("displacement", measured.displacement(), measured));
    lines.add(line("pip", measured.pip(), measured));
    lines.add(line("overlap", measured.overlap(), measured));
    return lines;
  }

  private static Line line(String name, @Nullable Double value, Measured measured) {
    return new Line(name, value, measured.intervals().get(name));
  }
}
