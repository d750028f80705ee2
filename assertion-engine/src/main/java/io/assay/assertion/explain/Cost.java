package io.assay.assertion.explain;

import java.util.ArrayList;
import java.util.List;

/**
 * What judging one event takes at most, in steps: an operator, a field read, a comparison with a
 * remembered value.
 *
 * @param fixed in any case
 * @param elements for each element of a list
 * @param pairs for each element once more with each element
 * @param cubes for each pair once more with each element
 * @param sightings for each element and each remembered sighting of it
 */
public record Cost(double fixed, double elements, double pairs, double cubes, double sightings) {
  static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);

  static Cost of(double steps) {
    return new Cost(steps, 0, 0, 0, 0);
  }

  Cost plus(Cost other) {
    return new Cost(
        fixed + other.fixed,
        elements + other.elements,
        pairs + other.pairs,
        cubes + other.cubes,
        sightings + other.sightings);
  }

  Cost plus(double steps) {
    return plus(of(steps));
  }

  /** For each element of a list; deeper than three is counted as three. */
  Cost perElement() {
    return new Cost(0, fixed, elements, pairs + cubes, sightings);
  }

  /** Under a load, with so many sightings remembered of an identity. */
  public long steps(Load load, double remembered) {
    double n = load.elements();
    return Math.round(
        fixed + n * elements + n * n * pairs + n * n * n * cubes + n * remembered * sightings);
  }

  /** {@code 12 + 9 n + 4 n²}: n elements of a list; s sightings that are remembered of each. */
  public String formula() {
    var parts = new ArrayList<String>();
    add(parts, fixed, "");
    add(parts, elements, " n");
    add(parts, sightings, " n s");
    add(parts, pairs, " n²");
    add(parts, cubes, " n³");
    return parts.isEmpty() ? "0" : String.join(" + ", parts);
  }

  private static void add(List<String> parts, double steps, String factor) {
    if (steps > 0) {
      parts.add(Math.round(steps) + factor);
    }
  }

  /** What it grows with, in words. */
  public String growth() {
    if (cubes > 0) {
      return "grows with the cube of a list's elements (n)";
    }
    if (pairs > 0) {
      return "grows with the square of a list's elements (n)";
    }
    if (sightings > 0) {
      return "linear in a list's elements (n) and in what is remembered of each (s)";
    }
    return elements > 0 ? "linear in a list's elements (n)" : "the same for every event";
  }
}
