package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.WindowRule.Group;
import io.assay.assertion.eval.WindowRule.Line;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.statistics.BenjaminiHochberg;
import io.assay.assertion.statistics.Mergeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges a window that is over: every segment by itself, and by some lines all together. */
final class WindowJudgement {
  private final WindowRule rule;
  private final Scope scope;
  private final Baselines baselines;
  private final List<Scope.CompiledLet> lets;
  private final AcrossSegments across;
  private final WindowFindings findings;

  WindowJudgement(WindowRule rule, KeptEvents kept, String project) {
    this.rule = rule;
    this.scope = rule.scope;
    this.baselines = new Baselines(rule.shape, new KeptBaselines(rule, kept));
    this.lets = scope.compiled(rule.windowing.lets());
    this.across = new AcrossSegments(rule);
    this.findings = new WindowFindings(rule, project);
  }

  /** A segment, or all with one value of it, and what its statistics came to. */
  static final class Row {
    final Selection selection;
    final Pane pane;
    final @Nullable Object[] values;

    /** Why it has too few units; empty where it has enough. */
    final Optional<String> tooFew;

    /** Why a statistic has no value, where more is known than that. */
    @Nullable String why;

    private Row(Selection selection, Pane pane, int statistics, Optional<String> tooFew) {
      this.selection = selection;
      this.pane = pane;
      this.values = new Object[statistics];
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
    List<Line> own = group.lines().stream().filter(line -> line.across().isEmpty()).toList();
    if (!own.isEmpty()) {
      List<Row> rows = new ArrayList<>();
      window.segments().forEach((segment, pane) -> rows.add(row(Selection.of(segment), pane)));
      measure(rows, window, known);
      rows.forEach(row -> own.forEach(line -> judge(line, row, window, known)));
    }
    group.lines().stream()
        .filter(line -> line.across().isPresent())
        .forEach(line -> judgeAcross(line, window, known));
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
      tested.get(i).values[place] = adjusted[i];
    }
  }

  private void judge(Line line, Row row, Panes.Closed window, Known known) {
    if (waits(row, window, known)) {
      String what = waiting(row, window);
      undecided(line, window, what, known);
      known.out().waits(scope.assertion.name(), line.name(), window.end(), what);
      return;
    }
    if (row.tooFew.isPresent()) {
      undecided(line, window, row.tooFew.get(), known);
      return;
    }
    bind(row);
    bindSegment(row.selection.segment());
    judge(line, row.selection.segment(), row, window, known);
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

  private void judge(Line line, Segment segment, Row row, Panes.Closed window, Known known) {
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
    } catch (NoValue e) {
      undecided(line, window, row.why == null ? e.reason() : row.why, known);
    }
  }

  private void judgeAcross(Line line, Panes.Closed window, Known known) {
    String name = line.across().orElseThrow();
    List<Row> rows = new ArrayList<>();
    across.values(name, window).forEach((selection, pane) -> rows.add(row(selection, pane)));
    measure(rows, window, known);
    Optional<Row> waiting = rows.stream().filter(row -> waits(row, window, known)).findFirst();
    if (waiting.isPresent()) {
      undecided(line, window, waiting(waiting.get(), window), known);
      return;
    }
    List<Row> enough = rows.stream().filter(row -> row.tooFew.isEmpty()).toList();
    if (enough.size() < 2) {
      String reason = "needs two values of %s with enough, got %d".formatted(name, enough.size());
      undecided(line, window, reason, known);
      return;
    }
    Row whole = across.whole(rows, this::row);
    rows.forEach(row -> whole.why = whole.why == null ? row.why : whole.why);
    across.bind(name, enough, this::bindOne);
    bind(whole);
    judge(line, new Segment(List.of()), whole, window, known);
  }

  private void bindOne(Row row) {
    bind(row);
    rule.windowing.segments().forEach(segment -> scope.frame.clear(segment.local()));
  }

  private void undecided(Line line, Panes.Closed window, String reason, Known known) {
    count(line, Tally.UNDECIDED, window, known);
    known.out().undecided(scope.assertion.name(), line.name(), window.end(), reason);
  }

  private void count(Line line, Tally tally, Panes.Closed window, Known known) {
    long minute = Moment.minute(window.end());
    known.out().count(scope.assertion.name(), line.name(), tally, minute, 1);
  }
}
