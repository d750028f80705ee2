package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Window;
import io.assay.assertion.rule.ir.Windowing;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An assertion over windows, compiled: what its units are, what is counted of them, its lines. */
final class WindowRule {
  final Windowing windowing;
  final Scope scope;
  final PaneShape shape;
  final AwaitedTruths truths;

  /** How many of the gauges are statistics; behind them are estimates. */
  final int statistics;

  final List<Group> groups = new ArrayList<>();
  private final Optional<BoolTerm> where;
  private final List<ReferenceTerm> cuts;
  private final boolean counts;

  /** The lines that share a window. */
  record Group(Window window, List<Line> lines) {
    /** How long behind the end of a window one may end that touches it; 0 where none does. */
    long reach() {
      return switch (window) {
        case Window.Tumbling w -> w.nanos();
        case Window.Hopping w -> w.nanos();
        case Window.Session ignored -> 0;
        case Window.Last(Bound.Time time) -> time.nanos();
        case Window.Last(Bound.Events ignored) -> Long.MAX_VALUE;
      };
    }

    /** Whether events before a time could be of a window. */
    boolean beginsBefore(Panes.Closed closed, long time) {
      if (time == Long.MIN_VALUE) {
        return false;
      }
      return switch (window) {
        case Window.Tumbling ignored -> closed.start() < time;
        case Window.Hopping ignored -> closed.start() < time;
        case Window.Session session -> closed.start() - session.gapNanos() < time;
        case Window.Last(Bound.Time last) -> closed.end() - last.nanos() < time;
        case Window.Last(Bound.Events last) ->
            closed.segments().values().stream().mapToLong(pane -> pane.events).sum() < last.count();
      };
    }
  }

  /** One {@code expect}, by its name or its place among all. */
  record Line(
      String name, BoolTerm condition, Evidence evidence, Unmet unmet, Optional<String> across) {}

  WindowRule(CheckedAssertion assertion) {
    this.windowing =
        WindowNames.named(assertion, windowing(assertion)).context().windowing().orElseThrow();
    this.scope = new Scope(WindowNames.named(assertion, windowing(assertion)));
    this.truths = new AwaitedTruths(scope.assertion, windowing);
    List<Windowing.Statistic> gauged = new ArrayList<>(inOrder(windowing.statistics()).toList());
    this.statistics = gauged.size();
    for (Windowing.Statistic statistic : List.copyOf(gauged)) {
      truths.estimate(statistic, statistic.local()).ifPresent(gauged::add);
    }
    gauged.forEach(truths::gauge);
    this.shape = new PaneShape(gauged.stream().<Gauge<?>>map(this::gauge).toList());
    this.where =
        assertion.each().isPresent() ? assertion.where().map(scope.terms::bool) : Optional.empty();
    this.cuts = windowing.segments().stream().map(s -> scope.terms.value(s.value())).toList();
    List<Kind.Expectation> lines = ((Kind.Expect) scope.assertion.kind()).expectations();
    this.counts = lines.stream().allMatch(line -> line.window().isPresent());
    Map<Window, List<Line>> byWindow = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Kind.Expectation line = lines.get(i);
      String name = line.name().orElse(Integer.toString(i + 1));
      line.window()
          .ifPresent(
              window ->
                  byWindow.computeIfAbsent(window, w -> new ArrayList<>()).add(line(name, line)));
    }
    byWindow.forEach((window, own) -> groups.add(new Group(window, List.copyOf(own))));
  }

  private static Windowing windowing(CheckedAssertion assertion) {
    return assertion.context().windowing().orElseThrow();
  }

  private Gauge<?> gauge(Windowing.Statistic statistic) {
    return Gauges.of(scope.terms, statistic);
  }

  /** Those that judge first: a state may be without the others. */
  private static Stream<Windowing.Statistic> inOrder(List<Windowing.Statistic> all) {
    return Stream.concat(
        all.stream().filter(s -> !s.toldOnly()), all.stream().filter(s -> s.toldOnly()));
  }

  private Line line(String name, Kind.Expectation line) {
    Term condition = line.condition();
    return new Line(
        name,
        scope.terms.bool(condition),
        scope.evidence(condition),
        new Unmet(scope, line.name(), condition),
        line.across());
  }

  CheckedAssertion assertion() {
    return scope.assertion;
  }

  /** Nothing is over several keys: no segment, no comparison, and no chance that is corrected. */
  boolean isOfKeys() {
    String key = assertion().on().key().name();
    boolean byKey =
        windowing.segments().stream()
            .anyMatch(s -> s.value() instanceof Term.Select of && of.field().name().equals(key));
    return byKey
        && shape.gauges().stream().noneMatch(Gauge::isChance)
        && groups.stream()
            .flatMap(group -> group.lines().stream())
            .allMatch(line -> line.across().isEmpty());
  }

  Panes newPanes(Group group) {
    return switch (group.window()) {
      case Window.Session session -> new SessionPanes(shape, session.gapNanos());
      case Window.Tumbling w -> new AlignedPanes(shape, w.nanos(), w.nanos());
      case Window.Hopping w -> new AlignedPanes(shape, w.nanos(), w.everyNanos());
      case Window.Last last -> new TrailingPanes(shape, last.bound());
    };
  }

  /** Two versions are compared: a unit is a pair of events. */
  boolean isOfPairs() {
    return assertion().context().versions().isPresent();
  }

  /** Puts a pair into the frame; its segment is that of the newer event. */
  Segment bind(Taken.Pair pair) {
    Context.Versions versions = assertion().context().versions().orElseThrow();
    CompareJudgement.bind(scope, versions, pair.older(), pair.newer());
    return bind(pair.newer());
  }

  /**
   * Tells the units of an event one after the other, the variables of each in the frame.
   *
   * @param counted hears that the event was seen, and of every unit that it passed
   */
  void units(Event event, Consumer<Tally> counted, Consumer<Segment> unit) {
    if (isOfPairs()) {
      CompareJudgement.bind(scope, assertion().context().versions().orElseThrow(), null, null);
    }
    Segment segment = bind(event.root());
    counted.accept(Tally.SEEN);
    List<?> elements;
    try {
      if (where.isPresent() && !where.get().test(scope.frame)) {
        return;
      }
      elements = scope.elements(event.root());
    } catch (NoValue e) {
      return; // no unit is known
    }
    for (Object element : elements) {
      scope.element(element);
      if (scope.passes() == Scope.Passes.YES) {
        counted.accept(Tally.PASSED);
        unit.accept(segment);
      }
    }
  }

  /** Lines that are judged at every event count these themselves. */
  void count(Event event, Tally tally, Verdicts out) {
    if (counts) {
      count(event.at(), tally, 1, out);
    }
  }

  /** So many units came when their windows were closed. */
  void late(long at, long units, Verdicts out) {
    count(at, Tally.LATE, units, out);
  }

  private void count(long at, Tally tally, long units, Verdicts out) {
    out.count(assertion().name(), "", tally, Moment.minute(at), units);
  }

  /** It fails in itself, and judges no more. */
  void failed(RuntimeException why, Verdicts out) {
    String said =
        why instanceof UncheckedIOException
            ? String.valueOf(why.getMessage())
            : "%s in a window: %s".formatted(why.getClass().getSimpleName(), why.getMessage());
    out.error(assertion().name(), said);
  }

  /** An event, its segment's values, and then the lets, which may read them. */
  private Segment bind(Row row) {
    scope.frame.setReference(assertion().event(), row);
    List<Object> values = new ArrayList<>(cuts.size());
    for (ReferenceTerm cut : cuts) {
      Object value = valueOf(cut);
      Local local = windowing.segments().get(values.size()).local();
      if (value == None.NULL) {
        scope.frame.clear(local);
      } else {
        scope.bind(local, value);
      }
      values.add(value);
    }
    scope.event(row);
    return new Segment(values);
  }

  private Object valueOf(ReferenceTerm cut) {
    try {
      Object value = cut.value(scope.frame);
      return value == Term.Null.NULL ? None.NULL : value;
    } catch (NoValue e) {
      return None.NULL;
    }
  }
}
