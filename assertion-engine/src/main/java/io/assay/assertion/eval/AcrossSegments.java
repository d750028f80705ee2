package io.assay.assertion.eval;

import io.assay.assertion.eval.WindowJudgement.Row;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** {@code across region}: what is worked out of each value of a segment, and over all of them. */
final class AcrossSegments {
  private final WindowRule rule;
  private final List<Compiled> all;

  /** What one value gives, and the function over the list of all, which is the frame's first. */
  private record Compiled(
      Windowing.Across across, ReferenceTerm each, Local list, ReferenceTerm over) {}

  AcrossSegments(WindowRule rule) {
    this.rule = rule;
    this.all = rule.windowing.across().stream().map(this::compile).toList();
  }

  private Compiled compile(Windowing.Across across) {
    Local list = new Local("values", new Type.ListOf(across.each().type()), 0);
    Term over =
        new Term.Call(
            across.overload(),
            List.of(new Term.Read(list, across.each().span())),
            across.local().type(),
            across.each().span());
    return new Compiled(
        across, rule.scope.terms.value(across.each()), list, rule.scope.terms.value(over));
  }

  /** Of each value of a segment what was counted, whatever the other segments are; in order. */
  Map<Selection, Pane> values(String name, Panes.Closed window) {
    int place = place(name);
    Map<Segment, Selection> firsts = new TreeMap<>();
    Map<Selection, Pane> merged = new LinkedHashMap<>();
    window
        .segments()
        .forEach(
            (segment, pane) -> {
              Segment value = new Segment(List.of(segment.values().get(place)));
              Selection selection =
                  firsts.computeIfAbsent(value, unused -> new Selection(segment, place));
              rule.shape.merge(
                  merged.computeIfAbsent(selection, unused -> rule.shape.fresh()), pane);
            });
    Map<Selection, Pane> inOrder = new LinkedHashMap<>();
    firsts.values().forEach(one -> inOrder.put(one, merged.getOrDefault(one, rule.shape.fresh())));
    return inOrder;
  }

  private int place(String name) {
    List<String> names = rule.windowing.segments().stream().map(Windowing.Segment::name).toList();
    return names.indexOf(name);
  }

  /** All values together, without statistics of its own. */
  Row whole(List<Row> rows, BiFunction<Selection, Pane, Row> row) {
    Pane sum = new Pane(rule.shape.gauges().size());
    for (Row one : rows) {
      sum.events += one.pane.events;
      sum.units += one.pane.units;
      sum.truths += one.pane.truths;
    }
    return row.apply(Selection.of(new Segment(List.of())), sum);
  }

  /** Sets what a line across a segment may read. */
  void bind(String name, List<Row> rows, Consumer<Row> bind) {
    Map<Compiled, List<Object>> values = new LinkedHashMap<>();
    for (Row row : rows) {
      bind.accept(row);
      all.stream()
          .filter(one -> one.across().segment().equals(name))
          .forEach(one -> add(one, values));
    }
    for (Compiled one : all) {
      List<Object> own = values.getOrDefault(one, List.of());
      if (own.size() == rows.size()) {
        over(one, own);
      } else {
        rule.scope.frame.clear(one.across().local());
      }
    }
  }

  private void add(Compiled one, Map<Compiled, List<Object>> values) {
    try {
      Object value = one.each().value(rule.scope.frame);
      values.computeIfAbsent(one, unused -> new ArrayList<>()).add(value);
    } catch (NoValue e) {
      // the list stays short, and the line undecided
    }
  }

  private void over(Compiled one, List<Object> values) {
    Frame frame = new Frame(1);
    frame.setReference(one.list(), values);
    try {
      rule.scope.bind(one.across().local(), one.over().value(frame));
    } catch (NoValue e) {
      rule.scope.frame.clear(one.across().local());
    }
  }
}
