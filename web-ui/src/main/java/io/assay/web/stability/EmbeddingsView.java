package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.web.charts.LineChart;
import io.assay.web.charts.LineChart.Point;
import io.assay.web.rates.Appeared;
import io.assay.web.rates.RateQueries.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings as a page shows them.
 *
 * @param rows a release each, the newest first
 * @param first whether the newest is among them
 * @param next behind which there are older ones; empty: these are the last
 * @param series a measure each, from release to release, of the newest
 * @param marks where versions of models that read them appeared among those releases
 */
record EmbeddingsView(
    String name,
    boolean declared,
    List<ReleaseGate.Reader> models,
    List<Row> rows,
    boolean first,
    String next,
    List<Series> series,
    List<Mark> marks) {
  private static final int SHOWN = 50;
  private static final int DRAWN = 40;

  EmbeddingsView {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  /**
   * One release.
   *
   * @param against how it differs from what it was held against first; null where it was not
   * @param eis of the two; null where it says nothing
   */
  record Row(StabilityRecord release, @Nullable StabilityRecord against, @Nullable Double eis) {
    static Row of(StabilityRecord release, @Nullable StabilityRecord against) {
      return new Row(
          release,
          against,
          against == null || !against.saysEis()
              ? null
              : against.measures().map(Measured::eis).orElse(null));
    }
  }

  /** How one measure went; {@code least}: whether less of it is the better. */
  record Series(String measure, boolean least, LineChart chart) {}

  /** {@code x}: where it is drawn. */
  record Mark(Appeared appeared, String x) {}

  /** The part behind a place; without one the newest. */
  static EmbeddingsView of(
      KnownReleases known, String project, KnownReleases.Item item, Optional<ReleasePlace> after) {
    String name = item.name();
    List<Row> found = rows(known, project, name, after, SHOWN + 1);
    List<Row> newest =
        after.isEmpty() ? found : rows(known, project, name, Optional.empty(), DRAWN);
    List<Row> shown = found.subList(0, Math.min(SHOWN, found.size()));
    List<Row> drawn = drawn(newest);
    return new EmbeddingsView(
        name,
        item.declared(),
        item.models(),
        shown,
        after.isEmpty(),
        found.size() > SHOWN ? ReleasePlace.of(shown.getLast().release()).text() : "",
        series(drawn, known.expected(project, name)),
        marks(drawn, (from, until) -> known.versions(project, name, from, until)));
  }

  private static List<Mark> marks(
      List<Row> drawn, BiFunction<Instant, Instant, List<Version>> versions) {
    if (drawn.isEmpty()) {
      return List.of();
    }
    List<Instant> released =
        drawn.stream().map(row -> Instant.ofEpochMilli(row.release().atMillis())).toList();
    return Appeared.among(released, versions.apply(released.getFirst(), released.getLast()))
        .stream()
        .map(one -> new Mark(one, LineChart.x(one.place(), drawn.size())))
        .toList();
  }

  /** Releases, the newest first, each beside what it was held against. */
  static List<Row> rows(
      KnownReleases known, String project, String name, Optional<ReleasePlace> after, int most) {
    List<StabilityRecord> alone = known.releases(project, name, after, most);
    Map<String, List<StabilityRecord>> pairs =
        known
            .comparisons(
                project,
                name,
                alone.stream().map(StabilityRecord::release).collect(Collectors.toSet()))
            .stream()
            .collect(Collectors.groupingBy(StabilityRecord::release));
    return alone.stream()
        .map(release -> Row.of(release, against(release, pairs.get(release.release()))))
        .toList();
  }

  private static @Nullable StabilityRecord against(
      StabilityRecord alone, @Nullable List<StabilityRecord> pairs) {
    if (pairs == null || pairs.isEmpty()) {
      return null;
    }
    String base = ReleaseGate.base(alone, pairs);
    return pairs.stream()
        .filter(pair -> pair.base().equals(base))
        .findFirst()
        .orElse(pairs.getFirst());
  }

  /** Those that were measured, oldest first; none where one alone was. */
  private static List<Row> drawn(List<Row> rows) {
    List<Row> drawn =
        rows.stream()
            .filter(row -> row.against() != null && row.against().measures().isPresent())
            .sorted(Comparator.comparingLong(row -> row.release().number()))
            .toList();
    return drawn.size() < 2
        ? List.of()
        : drawn.subList(Math.max(0, drawn.size() - DRAWN), drawn.size());
  }

  private static List<Series> series(List<Row> last, List<Expected> expected) {
    if (last.isEmpty()) {
      return List.of();
    }
    List<Series> all = new ArrayList<>();
    all.add(series("eis", true, last, expected, Measured::eis));
    var ks = new TreeSet<Integer>();
    last.forEach(row -> measured(row).ifPresent(m -> ks.addAll(m.neighbours().keySet())));
    ks.forEach(
        k ->
            all.add(
                series(
                    "neighbours" + k,
                    false,
                    last,
                    expected,
                    (Measured m) -> m.neighbours().get(k))));
    all.add(series("displacement", true, last, expected, Measured::displacement));
    all.add(series("pip", true, last, expected, Measured::pip));
    all.add(series("overlap", false, last, expected, Measured::overlap));
    return all;
  }

  private static Optional<Measured> measured(Row row) {
    StabilityRecord against = row.against();
    return against == null ? Optional.empty() : against.measures();
  }

  private static Series series(
      String name,
      boolean least,
      List<Row> rows,
      List<Expected> expected,
      Function<Measured, @Nullable Double> value) {
    List<Point> points = new ArrayList<>();
    for (Row row : rows) {
      Measured measured = measured(row).orElseThrow();
      Interval interval = measured.intervals().get(name);
      // Of too few items it is 0 whatever changed.
      Double shown = name.equals("eis") ? row.eis() : value.apply(measured);
      points.add(
          interval == null || shown == null
              ? Point.of(row.release().release(), shown)
              : new Point(row.release().release(), shown, interval.low(), interval.high()));
    }
    List<LineChart.Limit> limits =
        expected.stream()
            .flatMap(
                line ->
                    line.limits().getOrDefault(name, List.of()).stream()
                        .map(limit -> new LineChart.Limit(shown(line), limit)))
            .toList();
    return new Series(name, least, LineChart.of(points, limits));
  }

  private static String shown(Expected line) {
    return line.assertion() + ": " + line.text();
  }
}
