package io.assay.assertion.eval;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Two releases of embeddings and how they differ.
 *
 * @param older the name of the one that the other is held against
 * @param at event time of the newer one's newest row, in nanoseconds
 * @param items that both have
 * @param coverage those of all that either has, from 0 to 1
 * @param eis eigenspace instability; empty where the vectors of both span as many directions as
 *     there are items, which makes it 0 whatever changed
 * @param neighbours share of nearest neighbours kept, by how many; without those for which there
 *     are too few items
 * @param displacement empty where no item has a direction in both
 * @param error how far rounding may have moved {@code eis} and {@code overlap}; 0 where it cannot
 *     matter
 * @param moved the items that moved most, the furthest first
 */
public record ReleasePair(
    String older,
    String newer,
    long at,
    long items,
    double coverage,
    OptionalDouble eis,
    Map<Long, Double> neighbours,
    OptionalDouble displacement,
    double pip,
    double overlap,
    double error,
    List<String> moved) {
  public ReleasePair {
    neighbours = Map.copyOf(neighbours);
    moved = List.copyOf(moved);
  }
}
