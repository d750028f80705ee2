package io.assay.assertion.eval.term;

import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code clusters(xs, a, b, related)}: the connected components of a list, in order. */
final class Piles {
  private Piles() {}

  static ReferenceTerm compile(TermCompiler compiler, Term.Clusters term) {
    ReferenceTerm range = compiler.value(term.range());
    BoolTerm related = compiler.bool(term.related());
    Slot a = Slot.of(compiler, term.a());
    Slot b = Slot.of(compiler, term.b());
    Nearness near = Nearness.of(compiler, term.related(), term.b(), term.a());
    return frame -> {
      if (!(range.value(frame) instanceof List<?> list)) {
        throw NoValue.failed("clusters needs a list");
      }
      int[] roots = new int[list.size()];
      Nearby nearby = near.among(frame, list, list.size());
      for (int i = 0; i < roots.length; i++) {
        roots[i] = i;
        b.put(frame, Objects.requireNonNull(list.get(i)));
        near.seek(frame, nearby);
        for (int j = nearby.next(-1); j >= 0 && j < i; j = nearby.next(j)) {
          if (root(roots, j) != root(roots, i)) {
            a.put(frame, Objects.requireNonNull(list.get(j)));
            if (related.test(frame)) {
              unite(roots, j, i);
            }
          }
        }
      }
      return gather(list, roots);
    };
  }

  private static int root(int[] roots, int of) {
    int at = of;
    while (roots[at] != at) {
      roots[at] = roots[roots[at]];
      at = roots[at];
    }
    return at;
  }

  private static void unite(int[] roots, int a, int b) {
    int first = root(roots, a);
    int second = root(roots, b);
    roots[Math.max(first, second)] = Math.min(first, second);
  }

  private static List<Object> gather(List<?> list, int[] roots) {
    int[] sizes = new int[roots.length];
    int count = 0;
    for (int i = 0; i < roots.length; i++) {
      roots[i] = root(roots, i);
      count += sizes[roots[i]]++ == 0 ? 1 : 0;
    }
    List<Object> piles = new ArrayList<>(count);
    List<List<Object>> byRoot = new ArrayList<>(roots.length);
    for (int i = 0; i < roots.length; i++) {
      // A pile's root is the first of it.
      List<Object> pile = roots[i] == i ? new ArrayList<>(sizes[i]) : byRoot.get(roots[i]);
      byRoot.add(pile);
      if (roots[i] == i) {
        piles.add(pile);
      }
      pile.add(Objects.requireNonNull(list.get(i)));
    }
    return piles;
  }
}
