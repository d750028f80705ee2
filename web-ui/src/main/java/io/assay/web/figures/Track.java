package io.assay.web.figures;

import io.assay.assertion.eval.WindowFigures.Outcome;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.stream.contract.FiguresRecord.Line;
import io.assay.web.system.Moment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One statistic of an assertion, from window to window and segment by segment.
 *
 * @param id by which addresses name it
 * @param lines that share its windows, by their names
 * @param subject what it is of, as the figure says it
 * @param of the same without the stream's name
 * @param condition of the line that holds it against a limit; empty where several share it
 * @param outcome the worst of the newest windows
 * @param chance whether it is a p-value, corrected over the segments of a window
 * @param estimatedInPart whether some windows are estimates
 * @param ends when windows end, from the oldest on; or steps, where a step has several
 * @param series a segment each; those with the worst newest window first
 */
record Track(
    String id,
    String assertion,
    String lines,
    String stream,
    String function,
    String subject,
    String of,
    String against,
    String condition,
    @Nullable Double limit,
    Outcome outcome,
    boolean chance,
    boolean estimatedInPart,
    List<Moment> ends,
    List<Series> series) {
  Track {
    ends = List.copyOf(ends);
    series = List.copyOf(series);
  }

  /**
   * One segment.
   *
   * @param cells by the track's ends; null where there was no such window; of several windows of a
   *     step that which is violated, else the newest
   * @param newest window
   */
  record Series(String segment, List<@Nullable Cell> cells, Cell newest) {
    Series {
      // Some are null, which List.copyOf refuses.
      cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }
  }

  /**
   * One window of one segment.
   *
   * @param value null where it has none
   * @param open whether truths may still come, and the value is an estimate
   */
  record Cell(
      Moment start,
      Moment end,
      @Nullable Double value,
      @Nullable Double uncorrected,
      @Nullable Double low,
      @Nullable Double high,
      Outcome outcome,
      String why,
      boolean open,
      long units,
      long truths) {
    /** How its text is marked; null where it is not. */
    public @Nullable String looks() {
      return outcome == Outcome.VIOLATED && !open ? "ill-value" : null;
    }

    /** Whether its value is an estimate. */
    public boolean estimate() {
      return open && value != null;
    }

    /** The value with three digits; a dash where there is none. */
    public String text() {
      return value == null
          ? "–"
          : BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }
  }

  /**
   * One line of the table of its windows.
   *
   * @param end of the windows, or of the step that they are of
   * @param cells by the series
   */
  record Row(Moment end, List<@Nullable Cell> cells) {
    Row {
      cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }
  }

  /** Its windows, from the oldest on. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      List<@Nullable Cell> cells = new ArrayList<>();
      for (Series one : series) {
        cells.add(one.cells().get(i));
      }
      rows.add(new Row(ends.get(i), cells));
    }
    return rows;
  }

  /** By which lists go on behind it: those that are violated first, then by name. */
  String place() {
    return rank(outcome) + " " + id;
  }

  /** How long a window is, of event time. */
  Duration length() {
    Cell newest = series.getFirst().newest();
    return Duration.between(newest.start().instant(), newest.end().instant());
  }

  /** Where the figures of its first series are. */
  SeriesQueries.Place first() {
    return new SeriesQueries.Place(
        assertion, lines, series.getFirst().segment(), function, subject, against);
  }

  /** The segment, if there is such; else the first. */
  Series shown(String segment) {
    return series.stream()
        .filter(one -> one.segment().equals(segment))
        .findFirst()
        .orElse(series.getFirst());
  }

  /** All tracks of what a page is about, with each window, those that are violated first. */
  static List<Track> of(List<FiguresRecord> records, Topic topic) {
    return of(records, topic, Steps.EACH);
  }

  /** The same with at most one window a step and segment. {@code records}: the newest first. */
  static List<Track> of(List<FiguresRecord> records, Topic topic, Steps steps) {
    Map<String, List<Told>> byTrack = new LinkedHashMap<>();
    for (FiguresRecord record : records) {
      for (Figure figure : record.figures()) {
        if (topic.has(figure)) {
          byTrack
              .computeIfAbsent(id(record, figure), unused -> new ArrayList<>())
              .add(new Told(record, figure));
        }
      }
    }
    return byTrack.entrySet().stream()
        .map(entry -> track(entry.getKey(), entry.getValue(), steps))
        .sorted(Comparator.comparing(Track::place))
        .toList();
  }

  private record Told(FiguresRecord record, Figure figure) {}

  private static String id(FiguresRecord record, Figure figure) {
    String told = figure.function() + " " + bare(record.stream(), figure.of());
    return String.join(
            " ", record.assertion(), record.group().replace(',', '+'), told, figure.against())
        .strip();
  }

  private static String bare(String stream, String text) {
    return text.replace(stream + ".", "");
  }

  private static Track track(String id, List<Told> all, Steps steps) {
    Told newest = all.getFirst();
    var ends = new TreeSet<Long>();
    Map<String, List<Cell>> bySegment = new TreeMap<>();
    for (Told told : all) {
      ends.add(steps.end(told.record().endMillis()));
      bySegment
          .computeIfAbsent(told.record().segment(), unused -> new ArrayList<>())
          .add(cell(told));
    }
    List<Series> series =
        bySegment.entrySet().stream()
            .map(entry -> series(entry.getKey(), entry.getValue(), List.copyOf(ends), steps))
            .sorted(Comparator.comparingInt((Series one) -> rank(one.newest().outcome())))
            .toList();
    Optional<Told> judged = all.stream().filter(told -> !told.record().open()).findFirst();
    return new Track(
        id,
        newest.record().assertion(),
        newest.record().group(),
        newest.record().stream(),
        newest.figure().function(),
        newest.figure().of(),
        bare(newest.record().stream(), newest.figure().of()),
        newest.figure().against(),
        judged.map(Track::condition).orElse(""),
        newest.figure().limit(),
        series.getFirst().newest().outcome(),
        newest.figure().function().endsWith("_p"),
        all.stream().anyMatch(told -> told.record().open()),
        ends.stream().map(end -> new Moment(Instant.ofEpochMilli(end))).toList(),
        series);
  }

  /** {@code windows}: the newest first. */
  private static Series series(String segment, List<Cell> windows, List<Long> ends, Steps steps) {
    Map<Long, Cell> byEnd = new HashMap<>();
    windows.forEach(
        cell ->
            byEnd.merge(steps.end(cell.end().instant().toEpochMilli()), cell, Track::moreTelling));
    return new Series(segment, ends.stream().map(byEnd::get).toList(), newest(windows));
  }

  private static Cell moreTelling(Cell newer, Cell older) {
    return rank(older.outcome()) < rank(newer.outcome()) ? older : newer;
  }

  /** What was judged last says more than a window of which nothing can be said yet. */
  private static Cell newest(List<Cell> windows) {
    return windows.stream()
        .filter(cell -> cell.value() != null && !cell.open())
        .findFirst()
        .orElse(windows.getFirst());
  }

  private static Cell cell(Told told) {
    FiguresRecord record = told.record();
    Figure figure = told.figure();
    Optional<Line> line = line(told);
    return new Cell(
        new Moment(Instant.ofEpochMilli(record.startMillis())),
        new Moment(Instant.ofEpochMilli(record.endMillis())),
        figure.value(),
        figure.uncorrected(),
        figure.low(),
        figure.high(),
        line.map(Line::outcome).orElse(Outcome.UNDECIDED),
        line.map(Line::why).orElse(""),
        record.open(),
        record.units(),
        record.truths());
  }

  /** The line that names it; else the worst, which may read it by way of a variable. */
  private static Optional<Line> line(Told told) {
    List<Line> lines = told.record().lines();
    return lines.stream()
        .filter(line -> line.condition().contains(told.figure().name()))
        .findFirst()
        .or(() -> lines.stream().min(Comparator.comparingInt((Line line) -> rank(line.outcome()))));
  }

  private static String condition(Told told) {
    return line(told).map(line -> bare(told.record().stream(), line.condition())).orElse("");
  }

  private static int rank(Outcome outcome) {
    return switch (outcome) {
      case VIOLATED -> 0;
      case UNDECIDED -> 2;
      case HELD -> 1;
    };
  }
}
