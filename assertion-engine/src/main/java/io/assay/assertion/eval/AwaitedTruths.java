package io.assay.assertion.eval;

import io.assay.assertion.eval.term.TermText;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Subterms;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which parts of an assertion over windows need which truths, and what is estimated meanwhile. */
final class AwaitedTruths {
  private final List<Context.Awaited> awaited;
  private final Map<Integer, Set<String>> reads = new HashMap<>();
  private final List<Set<String>> gauges = new ArrayList<>();

  /** What says which units there are, and of which segment. */
  private final Set<String> selection = new HashSet<>();

  private final Set<String> all = new HashSet<>();

  AwaitedTruths(CheckedAssertion assertion, Windowing windowing) {
    this.awaited = assertion.context().truths();
    for (Context.Awaited one : awaited) {
      all.add(one.truth().name());
      reads.put(one.local().index(), Set.of(one.truth().name()));
    }
    assertion.where().ifPresent(term -> selection.addAll(needs(term)));
    assertion.each().map(Each::list).ifPresent(term -> selection.addAll(needs(term)));
    for (Windowing.Segment segment : windowing.segments()) {
      reads.put(segment.local().index(), needs(segment.value()));
    }
    for (CheckedAssertion.Let let : assertion.lets()) {
      reads.put(let.local().index(), needs(let.term()));
    }
    assertion.each().flatMap(Each::where).ifPresent(term -> selection.addAll(needs(term)));
    windowing.segments().forEach(segment -> selection.addAll(needs(segment.value())));
  }

  private Set<String> needs(Term term) {
    if (term instanceof Term.Read read) {
      return reads.getOrDefault(read.local().index(), Set.of());
    }
    Set<String> needs = new HashSet<>();
    Subterms.of(term).forEach(part -> needs.addAll(needs(part)));
    return needs;
  }

  /** A gauge takes its place behind the others. */
  void gauge(Statistic statistic) {
    Set<String> needs = new HashSet<>();
    statistic.terms().forEach(term -> needs.addAll(needs(term)));
    gauges.add(needs);
  }

  boolean isEmpty() {
    return awaited.isEmpty();
  }

  /** How long the last of them may come after its event. */
  long longest() {
    return awaited.stream().mapToLong(one -> one.truth().withinNanos()).max().orElse(0);
  }

  boolean concerns(Set<String> names) {
    return all.stream().anyMatch(names::contains);
  }

  void bind(Map<String, Object> known, Scope scope) {
    for (Context.Awaited one : awaited) {
      Object value = known.get(one.truth().name());
      if (value == null) {
        scope.frame.clear(one.local());
      } else {
        scope.bind(one.local(), value);
      }
    }
  }

  /** Whether it is known which units there are. */
  boolean selects(Set<String> known) {
    return known.containsAll(selection);
  }

  boolean isWhole(Set<String> known) {
    return selects(known) && known.containsAll(all);
  }

  /** The gauges that a unit can be added to now, and could not before. */
  BitSet due(Set<String> before, boolean selectedBefore, Set<String> now) {
    BitSet due = new BitSet();
    for (int i = 0; i < gauges.size(); i++) {
      boolean was = selectedBefore && before.containsAll(gauges.get(i));
      if (!was && now.containsAll(gauges.get(i))) {
        due.set(i);
      }
    }
    return due;
  }

  /**
   * What a statistic would come to were its scores right: from the one ratio that the prediction is
   * made of. None where there is no such, or where that is the very question (calibration).
   */
  Optional<Statistic> estimate(Statistic statistic, Local local) {
    String name = statistic.overload().split("_over_")[0];
    boolean known =
        statistic.overload().equals(name + "_over_" + (name.equals("auc") ? "double" : "bool"));
    if (!known || !Set.of("precision", "recall", "accuracy", "auc").contains(name)) {
      return Optional.empty();
    }
    Term prediction = statistic.terms().get(0);
    boolean truth =
        statistic.terms().get(1) instanceof Term.Read read
            && awaited.stream().anyMatch(one -> one.local().index() == read.local().index());
    Set<String> texts = new LinkedHashSet<>();
    List<Term> scores = new ArrayList<>();
    ratios(prediction, texts, scores);
    boolean itself = !name.equals("auc") || isItself(prediction, scores);
    if (!truth || texts.size() != 1 || !itself || !needs(prediction).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Statistic(
            new Local("estimated " + name, local.type(), local.index()),
            "estimated_" + name,
            List.of(prediction, scores.getFirst()),
            List.of(),
            Optional.empty(),
            true));
  }

  /** The score ranks by itself, though it may be taken for a double. */
  private static boolean isItself(Term prediction, List<Term> scores) {
    return scores.size() == 1
        && (prediction.equals(scores.getFirst())
            || (prediction instanceof Term.Call call
                && call.arguments().size() == 1
                && call.arguments().getFirst().equals(scores.getFirst())));
  }

  private static void ratios(Term term, Set<String> texts, List<Term> found) {
    boolean leaf = term instanceof Term.Select || term instanceof Term.Read;
    if (leaf && term.type() == Basic.RATIO) {
      texts.add(TermText.of(term));
      found.add(term);
    } else {
      Subterms.of(term).forEach(part -> ratios(part, texts, found));
    }
  }
}
