package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a release differs from another, as a page shows it.
 *
 * @param lines a measure each
 * @param judged a line of an assertion each
 * @param moved items that moved most; where some were looked for, those of all that are kept
 * @param kept of how many items it is known what is near them; 0 where it is of none
 * @param least how far the last of those moved: no other item moved further
 * @param near what is near the one that was looked for; null where that is none, or several
 */
record ComparisonView(
    StabilityRecord record,
    List<Line> lines,
    List<Judged> judged,
    List<Moved> moved,
    int kept,
    double least,
    @Nullable NearView near) {
  ComparisonView {
    lines = List.copyOf(lines);
    judged = List.copyOf(judged);
    moved = List.copyOf(moved);
  }

  /**
   * One measure.
   *
   * @param value null where it says nothing
   * @param interval of 95 %; null where there is none
   */
  record Line(String measure, @Nullable Double value, @Nullable Interval interval) {}

  /**
   * What a line of an assertion says.
   *
   * @param expected the line; null where the rules that judged are known no more
   */
  record Judged(Verdict verdict, @Nullable Expected expected) {
    static Judged of(Verdict verdict, List<Expected> lines) {
      return new Judged(
          verdict,
          lines.stream()
              .filter(line -> line.assertion().equals(verdict.assertion()))
              .filter(line -> line.name().equals(verdict.expectation()))
              .findFirst()
              .orElse(null));
    }
  }

  /**
   * @param expected lines of the rules that judged
   * @param sought an item's name, or letters of it
   */
  static ComparisonView of(
      StabilityRecord record,
      Optional<Neighbourhoods> around,
      List<Expected> expected,
      String sought) {
    List<Neighbourhood> kept = around.map(Neighbourhoods::items).orElse(List.of());
    List<Moved> moved =
        sought.isEmpty() || kept.isEmpty()
            ? found(record.moved(), sought)
            : found(
                kept.stream().map(one -> new Moved(one.item(), one.displacement())).toList(),
                sought);
    return new ComparisonView(
        record,
        record.measures().map(measured -> lines(record, measured)).orElse(List.of()),
        record.verdicts().stream().map(verdict -> Judged.of(verdict, expected)).toList(),
        moved,
        kept.size(),
        kept.isEmpty() ? 0 : kept.getLast().displacement(),
        sought.isEmpty() ? null : around.flatMap(all -> one(all, moved, sought)).orElse(null));
  }

  private static List<Moved> found(List<Moved> all, String sought) {
    String letters = sought.toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(one -> one.item().toLowerCase(Locale.ROOT).contains(letters))
        .toList();
  }

  /** The one of that very name, or the only one with these letters. */
  private static Optional<NearView> one(Neighbourhoods all, List<Moved> found, String sought) {
    String name = found.size() == 1 ? found.getFirst().item() : sought;
    return all.items().stream()
        .filter(known -> known.item().equals(name))
        .findFirst()
        .map(known -> NearView.of(known, all));
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
