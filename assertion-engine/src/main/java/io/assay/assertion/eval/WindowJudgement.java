package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.WindowRule.Group;
import io.assay.assertion.eval.WindowRule.Line;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.statistics.BenjaminiHochberg;
import io.assay.assertion.statistics.Mergeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a window that is over: every segment by itself, and by some lines all together.
 *
 * <p>Longer than others: verdicts, their sentences and the figures told beside them are of one walk
 * over the segments, since p-values are corrected over all of them.
 */
final class WindowJudgement {
  /** Segments of a window whose figures are told; of more, none are. */
  private static final int MOST_TOLD = 100;

  private final WindowRule rule;
  private final Scope scope;
  private final Baselines baselines;
  private final List<Scope.CompiledLet> lets;
  private final AcrossSegments across;
  private final WindowFindings findings;
  private final FigureReading figures;

  WindowJudgement(WindowRule rule, KeptEvents kept, String project) {
    this.rule = rule;
    this.scope = rule.scope;
    this.baselines = new Baselines(rule.shape, new KeptBaselines(rule, kept));
    this.lets = scope.compiled(rule.windowing.lets());
    this.across = new AcrossSegments(rule);
    this.findings = new WindowFindings(rule, project);
    this.figures = new FigureReading(rule);
  }

  /** A segment, or all with one value of it, and what its statistics came to. */
  static final class Row {
    final Selection selection;
    final Pane pane;
    final @Nullable Object[] values;

    /** Of chances, what they were before they were corrected over the rows. */
    final @Nullable Object[] uncorrected;

    /** What statistics were held against, by their places. */
    final Map<Integer, Mergeable<?>> baselines = new HashMap<>();

    /** Why it has too few units; empty where it has enough. */
    final Optional<String> tooFew;

    /** Why a statistic has no value, where more is known than that. */
    @Nullable String why;

    private Row(Selection selection, Pane pane, int statistics, Optional<String> tooFew) {
      this.selection = selection;
      this.pane = pane;
      this.values = new Object[statistics];
      this.uncorrected = new Object[statistics];
      this.tooFew = tooFew;
    }
  }

  /**
   * What is known of the assertion when a window ends.
   *
   * @param settled of windows that end up to here no truth can come any more
   */
  record Known(
      Panes panes, long reach, long began, long settled, WindowEpisodes episodes, Verdicts out) {}

  void judge(Group group, Panes.Closed window, Known known) {
    baselines.load();
    clear();
    if (window.incomplete().isPresent()) {
      String why = window.incomplete().get();
      group.lines().forEach(line -> undecided(line, window, why, known));
      return;
    }
    rule.windowing.start().ifPresent(local -> scope.frame.setLong(local, window.start()));
    rule.windowing.end().ifPresent(local -> scope.frame.setLong(local, window.end()));
    List<Line> own = own(group);
    if (!own.isEmpty()) {
      List<Row> rows = new ArrayList<>();
      window.segments().forEach((segment, pane) -> rows.add(row(Selection.of(segment), pane)));
      measure(rows, window, known);
      for (Row row : rows) {
        List<WindowFigures.Line> became =
            own.stream().map(line -> judge(line, row, window, known)).toList();
        tell(group, names(own), row, became, window, known);
      }
    }
    group.lines().stream()
        .filter(line -> line.across().isPresent())
        .forEach(
            line -> {
              List<Row> rows = new ArrayList<>();
              WindowFigures.Line became = judgeAcross(line, rows, window, known);
              rows.forEach(row -> tell(group, line.name(), row, List.of(became), window, known));
            });
  }

  private void clear() {
    scope.frame.clear(scope.assertion.event());
    scope.assertion.each().ifPresent(each -> scope.frame.clear(each.element()));
    scope.assertion.lets().forEach(let -> scope.frame.clear(let.local()));
    rule.windowing.across().forEach(one -> scope.frame.clear(one.local()));
  }

  private Row row(Selection selection, Pane pane) {
    return new Row(selection, pane, rule.shape.gauges().size(), tooFew(pane));
  }

  private Optional<String> tooFew(Pane pane) {
    for (Windowing.Least least : rule.windowing.leasts()) {
      long came =
          switch (least.of()) {
            case EVENTS -> pane.events;
            case ELEMENTS, PAIRS -> pane.units;
            case TRUTHS -> pane.truths;
          };
      if (came < least.count()) {
        String unit = least.of().name().toLowerCase(Locale.ROOT);
        return Optional.of("needs at least %d %s, got %d".formatted(least.count(), unit, came));
      }
    }
    return Optional.empty();
  }

  /** Works out the statistics of all rows, those of chance corrected over the rows. */
  private void measure(List<Row> rows, Panes.Closed window, Known known) {
    List<Row> enough = rows.stream().filter(row -> row.tooFew.isEmpty()).toList();
    for (int place = 0; place < rule.shape.gauges().size(); place++) {
      for (Row row : enough) {
        row.values[place] = value(place, row, window, known);
      }
      if (rule.shape.gauges().get(place).isChance()) {
        correct(enough, place);
      }
    }
  }

  private @Nullable Object value(int place, Row row, Panes.Closed window, Known known) {
    Gauge<?> gauge = rule.shape.gauges().get(place);
    Mergeable<?> own = row.pane.states[place];
    if (own == null) {
      return null;
    }
    try {
      Mergeable<?> against =
          gauge.statistic().baseline().isEmpty()
              ? null
              : baselines.of(place, known.panes(), window.start(), known.began(), row.selection);
      if (against != null && known.out().takesFigures()) {
        row.baselines.put(place, against);
      }
      return gauge.value(own, against).orElse(null);
    } catch (NoValue e) {
      row.why = row.why == null ? e.reason() : row.why;
      return null;
    }
  }

  private static void correct(List<Row> rows, int place) {
    List<Row> tested = rows.stream().filter(row -> row.values[place] != null).toList();
    double[] adjusted =
        BenjaminiHochberg.adjust(
            tested.stream()
                .mapToDouble(row -> row.values[place] instanceof Double p ? p : 1)
                .toArray());
    for (int i = 0; i < adjusted.length; i++) {
      tested.get(i).uncorrected[place] = tested.get(i).values[place];
      tested.get(i).values[place] = adjusted[i];
    }
  }

  private WindowFigures.Line judge(Line line, Row row, Panes.Closed window, Known known) {
    if (waits(row, window, known)) {
      String what = waiting(row, window);
      known.out().waits(scope.assertion.name(), line.name(), window.end(), what);
      return undecided(line, window, what, known);
    }
    if (row.tooFew.isPresent()) {
      return undecided(line, window, row.tooFew.get(), known);
    }
    bind(row);
    bindSegment(row.selection.segment());
    return judge(line, row.selection.segment(), row, window, known);
  }

  /** Sessions and what is judged at every event are too many to be told one by one. */
  private void tell(
      Group group,
      String names,
      Row row,
      List<WindowFigures.Line> lines,
      Panes.Closed window,
      Known known) {
    if (known.out().takesFigures()
        && isRegular(group)
        && figures.isTold()
        && window.segments().size() <= MOST_TOLD) {
      boolean open = waits(row, window, known);
      known
          .out()
          .figures(
              new WindowFigures(
                  scope.assertion.name(),
                  names,
                  findings.text(row.selection),
                  window.start(),
                  window.end(),
                  row.pane.events,
                  row.pane.units,
                  row.pane.truths,
                  open,
                  figures.of(row, open, row.baselines),
                  lines));
    }
  }

  private static List<Line> own(Group group) {
    return group.lines().stream().filter(line -> line.across().isEmpty()).toList();
  }

  private static String names(List<Line> lines) {
    return lines.stream().map(Line::name).collect(Collectors.joining(","));
  }

  private static boolean isRegular(Group group) {
    return switch (group.window()) {
      case Window.Tumbling ignored -> true;
      case Window.Hopping ignored -> true;
      case Window.Session ignored -> false;
      case Window.Last ignored -> false;
    };
  }

  /** What is estimated of a window that is over but for truths that may come. */
  void estimate(Group group, Panes.Closed window, Verdicts out) {
    if (own(group).isEmpty()
        || !isRegular(group)
        || window.incomplete().isPresent()
        || !figures.isTold()
        || window.segments().size() > MOST_TOLD) {
      return;
    }
    List<Line> own = own(group);
    window
        .segments()
        .forEach(
            (segment, pane) -> {
              Row row = row(Selection.of(segment), pane);
              out.figures(
                  new WindowFigures(
                      scope.assertion.name(),
                      names(own),
                      findings.text(segment, false),
                      window.start(),
                      window.end(),
                      pane.events,
                      pane.units,
                      pane.truths,
                      true,
                      figures.of(row, true, Map.of()),
                      List.of()));
            });
  }

  private static boolean waits(Row row, Panes.Closed window, Known known) {
    return window.end() > known.settled() && row.pane.truths < row.pane.units;
  }

  /** How many truths are missing, and what is estimated from the scores as long as they are. */
  private String waiting(Row row, Panes.Closed window) {
    String segment =
        row.selection.segment().values().isEmpty()
            ? ""
            : findings.text(row.selection.segment(), true) + ": ";
    StringBuilder text =
        new StringBuilder(
            "%swaits until %s for the truth of %d of %d"
                .formatted(
                    segment,
                    JsonValues.instant(window.end() + rule.truths.longest()),
                    row.pane.units - row.pane.truths,
                    row.pane.units));
    String before = "; estimated from the scores alone: ";
    for (int i = rule.statistics; i < rule.shape.gauges().size(); i++) {
      Gauge<?> gauge = rule.shape.gauges().get(i);
      Mergeable<?> own = row.pane.states[i];
      Object value = own == null ? null : gauge.value(own, null).orElse(null);
      if (value instanceof Double estimate) {
        text.append(before)
            .append(gauge.statistic().local().name())
            .append(String.format(Locale.ROOT, " %.4f", estimate));
        before = ", ";
      }
    }
    return text.toString();
  }

  /** Sets what the row has: the count, the statistics, the lets made of them. */
  private void bind(Row row) {
    rule.windowing.count().ifPresent(local -> scope.frame.setLong(local, row.pane.units));
    for (int i = 0; i < rule.statistics; i++) {
      Local local = rule.shape.gauges().get(i).statistic().local();
      Object value = row.values[i];
      if (value == null) {
        scope.frame.clear(local);
      } else {
        boolean rounded = value instanceof Double && !local.type().isFloating();
        scope.bind(local, rounded ? (Object) Math.round((Double) value) : value);
      }
    }
    scope.evaluate(lets);
  }

  private void bindSegment(Segment segment) {
    for (int i = 0; i < segment.values().size(); i++) {
      Local local = rule.windowing.segments().get(i).local();
      if (segment.values().get(i) == None.NULL) {
        scope.frame.clear(local);
      } else {
        scope.bind(local, segment.values().get(i));
      }
    }
  }

  private WindowFigures.Line judge(
      Line line, Segment segment, Row row, Panes.Closed window, Known known) {
    try {
      boolean holds = line.condition().test(scope.frame);
      double severity = holds ? 0 : scope.severity();
      if (severity > 0) {
        WindowFindings.Found found = findings.of(line, segment, row, window, severity);
        known
            .out()
            .violation(known.episodes().within(found.violation(), found.subject(), known.reach()));
      }
      count(line, Tally.JUDGED, window, known);
      count(line, severity > 0 ? Tally.VIOLATED : Tally.HELD, window, known);
      return became(
          line, severity > 0 ? WindowFigures.Outcome.VIOLATED : WindowFigures.Outcome.HELD, "");
    } catch (NoValue e) {
      return undecided(line, window, row.why == null ? e.reason() : row.why, known);
    }
  }

  private WindowFigures.Line judgeAcross(
      Line line, List<Row> rows, Panes.Closed window, Known known) {
    String name = line.across().orElseThrow();
    across.values(name, window).forEach((selection, pane) -> rows.add(row(selection, pane)));
    measure(rows, window, known);
    Optional<Row> waiting = rows.stream().filter(row -> waits(row, window, known)).findFirst();
    if (waiting.isPresent()) {
      return undecided(line, window, waiting(waiting.get(), window), known);
    }
    List<Row> enough = rows.stream().filter(row -> row.tooFew.isEmpty()).toList();
    if (enough.size() < 2) {
      String reason = "needs two values of %s with enough, got %d".formatted(name, enough.size());
      return undecided(line, window, reason, known);
    }
    Row whole = across.whole(rows, this::row);
    rows.forEach(row -> whole.why = whole.why == null ? row.why : whole.why);
    across.bind(name, enough, this::bindOne);
    bind(whole);
    return judge(line, new Segment(List.of()), whole, window, known);
  }

  private void bindOne(Row row) {
    bind(row);
    rule.windowing.segments().forEach(segment -> scope.frame.clear(segment.local()));
  }

  private WindowFigures.Line undecided(Line line, Panes.Closed window, String reason, Known known) {
    count(line, Tally.UNDECIDED, window, known);
    known.out().undecided(scope.assertion.name(), line.name(), window.end(), reason);
    return became(line, WindowFigures.Outcome.UNDECIDED, reason);
  }

  private WindowFigures.Line became(Line line, WindowFigures.Outcome outcome, String why) {
    return new WindowFigures.Line(line.name(), figures.condition(line.name()), outcome, why);
  }

  private void count(Line line, Tally tally, Panes.Closed window, Known known) {
    long minute = Moment.minute(window.end());
    known.out().count(scope.assertion.name(), line.name(), tally, minute, 1);
  }
}
