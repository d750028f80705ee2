package io.assay.web.assertions;

import io.assay.web.rates.Appeared;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Period;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rates.SliceRates.Sliced;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rates by row and column: a table that is coloured without any script, and that scripts draw from.
 *
 * @param marks where versions of the models of what is judged appeared, by column; none where
 *     columns are no times
 */
record HeatMap(List<Column> columns, List<Row> rows, List<Appeared> marks) {
  /** From which rate on a cell has which of the colours 1 to 9; 0 is for nothing violated. */
  private static final double[] BOUNDS = {0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

  /** Versions of models that have a column: the newest of them. */
  private static final int MOST_VERSIONS = 12;

  /** Declared slices that have columns: the first by name. */
  private static final int MOST_SLICES = 12;

  /**
   * A column.
   *
   * @param at when its step begins; empty where it is no step
   * @param name in full, and {@code shown} where there is little room
   */
  record Column(Optional<Moment> at, String name, String shown) {
    static Column of(Moment at) {
      return new Column(Optional.of(at), at.day() + " " + at.minute(), at.minute());
    }
  }

  /** A row. */
  record Row(String name, List<Cell> cells) {}

  /**
   * A rate.
   *
   * @param value in 0 .. 1; empty where nothing was judged
   */
  record Cell(OptionalDouble value, long violated, long judged) {
    static Cell of(Counted counted) {
      return new Cell(counted.rate(), counted.violated(), counted.judged());
    }

    /** The class of its colour: {@code h0} to {@code h9}; {@code none} where nothing was judged. */
    public String heat() {
      if (value.isEmpty()) {
        return "none";
      }
      int heat = 0;
      while (heat < BOUNDS.length && value.getAsDouble() > BOUNDS[heat]) {
        heat++;
      }
      return "h" + heat;
    }

    public String shown() {
      return Percent.of(value);
    }

    /** For scripts: percent, as a number; empty where nothing was judged. */
    public String percent() {
      return value.isEmpty() ? "" : Double.toString(100 * value.getAsDouble());
    }
  }

  /** By time; {@code versions} of any models. */
  static HeatMap of(List<AssertionLine> lines, List<Version> versions, Period period) {
    return new HeatMap(
        times(period),
        lines.stream()
            .map(line -> new Row(line.name(), line.steps().stream().map(Cell::of).toList()))
            .toList(),
        Appeared.in(
            period,
            lines.stream().flatMap(line -> line.streams().stream()).collect(Collectors.toSet()),
            versions));
  }

  /**
   * By the version of the model that was the newest when a step ended; of assertions of one stream.
   * Nothing where no model has had two.
   */
  static Optional<HeatMap> byVersion(
      List<AssertionLine> lines, List<Version> versions, Period period) {
    var known = new LinkedHashSet<String>();
    List<Map<String, Counted>> rows = new ArrayList<>();
    for (AssertionLine line : lines) {
      Map<String, Counted> row = new HashMap<>();
      for (int step = 0; line.streams().size() == 1 && step < line.steps().size(); step++) {
        String version = newest(versions, line.streams().getFirst(), period.begin(step + 1));
        Counted counted = line.steps().get(step);
        if (!version.isEmpty() && counted.judged() > 0) {
          row.merge(version, counted, Counted::plus);
        }
      }
      rows.add(row);
    }
    versions.stream()
        .map(Version::version)
        .filter(name -> rows.stream().anyMatch(row -> row.containsKey(name)))
        .forEach(known::add);
    List<String> names = List.copyOf(known);
    List<String> shown = names.subList(Math.max(0, names.size() - MOST_VERSIONS), names.size());
    if (rows.stream().noneMatch(row -> row.size() > 1)) {
      return Optional.empty();
    }
    return Optional.of(
        new HeatMap(
            shown.stream().map(name -> new Column(Optional.empty(), name, name)).toList(),
            IntStream.range(0, rows.size())
                .filter(i -> !rows.get(i).isEmpty())
                .mapToObj(i -> row(lines.get(i).name(), rows.get(i), shown))
                .toList(),
            List.of()));
  }

  /**
   * By the values of declared slices: {@code night} and {@code !night}, and {@code night undecided}
   * where anything was judged there. Nothing where no stream of the assertions declares any.
   *
   * @param sliced of these assertions over all of the period, in the order of the columns
   */
  static Optional<HeatMap> bySlice(List<AssertionLine> lines, List<Sliced> sliced) {
    List<String> slices = sliced.stream().map(Sliced::slice).distinct().limit(MOST_SLICES).toList();
    Map<String, Map<String, Counted>> rows = new HashMap<>();
    var names = new LinkedHashSet<String>();
    for (Sliced one : sliced) {
      if (one.counted().judged() > 0 && slices.contains(one.slice())) {
        names.add(one.name());
        rows.computeIfAbsent(one.assertion(), assertion -> new HashMap<>())
            .put(one.name(), one.counted());
      }
    }
    List<String> shown = List.copyOf(names);
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HeatMap(
            shown.stream().map(name -> new Column(Optional.empty(), name, name)).toList(),
            lines.stream()
                .filter(line -> rows.containsKey(line.name()))
                .map(line -> row(line.name(), rows.getOrDefault(line.name(), Map.of()), shown))
                .toList(),
            List.of()));
  }

  private static Row row(String name, Map<String, Counted> counted, List<String> columns) {
    return new Row(
        name,
        columns.stream()
            .map(column -> Cell.of(counted.getOrDefault(column, Counted.NONE)))
            .toList());
  }

  /** Of a stream, before a time; empty where none was seen until then. */
  private static String newest(List<Version> versions, String stream, Instant before) {
    return versions.stream()
        .filter(one -> one.stream().equals(stream) && one.first().isBefore(before))
        .reduce((earlier, later) -> later)
        .map(Version::version)
        .orElse("");
  }

  static List<Column> times(Period period) {
    return IntStream.range(0, period.range().steps())
        .mapToObj(step -> Column.of(new Moment(period.begin(step))))
        .toList();
  }
}
