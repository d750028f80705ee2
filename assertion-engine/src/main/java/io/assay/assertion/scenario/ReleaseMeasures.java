package io.assay.assertion.scenario;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Measures how two releases of embeddings differ. The engine reads rules and knows no linear
 * algebra: whoever plays releases brings it.
 */
@FunctionalInterface
public interface ReleaseMeasures {
  /**
   * @param older vectors by item; at least one item is in both
   * @param newer likewise
   * @param neighbours of how many nearest neighbours the share is asked
   */
  Answer measure(Map<String, double[]> older, Map<String, double[]> newer, Set<Long> neighbours);

  /** What came of it. */
  sealed interface Answer {}

  /**
   * How the two differ.
   *
   * @param eis eigenspace instability; empty where the vectors of both span as many directions as
   *     there are items, which makes it 0 whatever changed
   * @param neighbours by k, the share of nearest neighbours that both have; without those for which
   *     there are too few items
   * @param displacement semantic displacement; empty where no item has a direction in both
   * @param pip PIP loss
   * @param overlap eigenspace overlap
   * @param error how far rounding may have moved the two; 0 where it cannot matter
   * @param moved the items that moved most, the furthest first
   */
  record Measures(
      OptionalDouble eis,
      Map<Long, Double> neighbours,
      OptionalDouble displacement,
      double pip,
      double overlap,
      double error,
      List<String> moved)
      implements Answer {
    public Measures {
      neighbours = Map.copyOf(neighbours);
      moved = List.copyOf(moved);
    }
  }

  /** Nothing can be; {@code why}: one clause. */
  record Unmeasured(String why) implements Answer {}
}
