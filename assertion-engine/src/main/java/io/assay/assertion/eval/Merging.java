package io.assay.assertion.eval;

import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.DoubleTerm;
import io.assay.assertion.eval.term.Nearby;
import io.assay.assertion.eval.term.Nearness;
import io.assay.assertion.eval.term.Zone;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.ir.Correction.Repair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * {@code merge LIST where …}: of boxes that belong together the best stays. Best first; whatever
 * belongs to one that is kept goes.
 */
final class Merging {
  private final Scope scope;
  private final Repair.Merge repair;
  private final BoolTerm where;
  private final DoubleTerm by;

  /** No two belong together that do not overlap. */
  private final boolean onlyNear;

  Merging(Scope scope, Repair.Merge repair) {
    this.scope = scope;
    this.repair = repair;
    this.where = scope.terms.bool(repair.where());
    this.by = scope.terms.number(repair.by());
    this.onlyNear = Nearness.demands(repair.where(), repair.iou());
  }

  private record Ranked(Row row, Rect box, double order) {}

  void apply(CorrectedEvent event) {
    List<?> elements = event.elements(repair.list().field());
    Set<Object> merged = merged(ranked(elements));
    if (!merged.isEmpty()) {
      List<Object> left = new ArrayList<>(elements);
      left.removeIf(merged::contains);
      event.merge(repair.list().field(), left);
    }
  }

  private List<Ranked> ranked(List<?> elements) {
    List<Ranked> ranked = new ArrayList<>();
    for (Object one : elements) {
      if (one instanceof Row row && row.getReference(repair.area().slot()) instanceof Rect box) {
        scope.bind(repair.element(), row);
        double value = by.value(scope.frame);
        ranked.add(new Ranked(row, box, repair.highest() ? -value : value));
      }
    }
    ranked.sort(Comparator.comparingDouble(Ranked::order));
    return ranked;
  }

  private Set<Object> merged(List<Ranked> ranked) {
    Set<Object> merged = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Object> staying = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean[] kept = new boolean[ranked.size()];
    Nearby nearby = nearby(ranked);
    for (int i = 0; i < kept.length; i++) {
      Ranked one = ranked.get(i);
      if (nearby.isSorted()) {
        nearby.seek(Zone.of(one.box()));
      }
      kept[i] = true;
      for (int j = nearby.next(-1); j >= 0 && j < i && kept[i]; j = nearby.next(j)) {
        kept[i] = !kept[j] || !belong(one, ranked.get(j));
      }
      (kept[i] ? staying : merged).add(one.row());
    }
    merged.removeAll(staying);
    return merged;
  }

  private Nearby nearby(List<Ranked> ranked) {
    return onlyNear && Nearby.pays(ranked.size(), ranked.size())
        ? Nearby.of(ranked.stream().map(one -> Zone.of(one.box())).toArray(Zone[]::new))
        : Nearby.all(ranked.size());
  }

  private boolean belong(Ranked one, Ranked other) {
    scope.bind(repair.iou(), one.box().iou(other.box()));
    return where.test(scope.frame);
  }
}
