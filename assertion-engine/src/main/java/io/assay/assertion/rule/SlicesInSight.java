package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Expr;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The slices that an expression may name, and those being read, none of which may name itself. */
final class SlicesInSight {
  private final Map<String, Expr> slices;
  private final Set<String> open = new LinkedHashSet<>();

  SlicesInSight(Map<String, Expr> slices) {
    this.slices = slices;
  }

  Set<String> names() {
    return slices.keySet();
  }

  Optional<Expr> find(String name) {
    return Optional.ofNullable(slices.get(name));
  }

  /** Begins to read a slice; false where that has begun already: it would stand for itself. */
  boolean enter(String name) {
    return open.add(name);
  }

  /**
   * Whether the circle that closes with this slice is told here: it is met from each of its
   * members, and is one mistake.
   */
  boolean tellsCircle(String slice) {
    return open.stream()
        .dropWhile(one -> !one.equals(slice))
        .allMatch(one -> slice.compareTo(one) <= 0);
  }

  void leave(String name) {
    open.remove(name);
  }
}
