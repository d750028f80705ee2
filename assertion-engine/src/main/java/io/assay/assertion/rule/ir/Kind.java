package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an assertion asserts; one evaluator each.
 *
 * <p>Kinds without identity follow the key itself. What a kind needs beside the events of its
 * stream (partners, windows, another version) stands in {@link Context}.
 */
public sealed interface Kind {
  /** Seen, not seen for less than the bound, seen again. */
  record Absent(Bound lessThan) implements Kind {}

  /** A whole life shorter than the bound. */
  record Present(Bound lessThan) implements Kind {}

  /**
   * A-B-A: an attribute changes and comes back; one bound at least.
   *
   * @param within from the last sighting with A to the first with A again
   * @param throughEvents the most sightings that B lasts
   */
  record Returns(Term attribute, Optional<Bound> within, OptionalLong throughEvents)
      implements Kind {
    public Returns {
      if (within.isEmpty() && throughEvents.isEmpty()) {
        throw new IllegalArgumentException("returns needs a bound");
      }
    }
  }

  /** More appearances and disappearances than these within the bound; each counts one. */
  record Transitions(long atMost, Bound within) implements Kind {}

  /**
   * All sightings within the bound agree on an attribute.
   *
   * @param tolerance by how much numbers may differ and still agree, in the attribute's unit (INT
   *     as it is; DURATION in nanoseconds)
   * @param alike groups of values that count as equal
   */
  record Consistent(
      Term attribute, Bound within, OptionalDouble tolerance, List<List<String>> alike)
      implements Kind {
    public Consistent {
      alike = alike.stream().map(List::copyOf).toList();
    }
  }

  /**
   * From one sighting to the next a value changes by no more than {@code limit} per {@code
   * perNanos}.
   *
   * @param value the size of the change where it uses {@code previous}; else the changing value,
   *     and the size is the absolute difference of its values at both sightings
   * @param limit of the value's type: INT, DURATION or floating
   * @param previous the element (without {@code each}: the event) of the sighting before; empty
   *     where {@code value} does not use it
   */
  record Change(Term value, Term.Constant limit, long perNanos, Optional<Local> previous)
      implements Kind {}

  /** No event for so long: of the key, or of the whole stream. */
  record Silence(long atMostNanos, boolean overStream) implements Kind {}

  /**
   * What one stream sees, others see too.
   *
   * @param one a best assignment of one to one, else any partner will do
   * @param sides the lists that are held against each other
   * @param pairings when an element of one side is one of another; one where there are two sides
   * @param presentIn the least number of sides that must see a thing (connected by pairings); none:
   *     every judged element needs its partner
   * @param expectations of every pair that belongs together; may be none
   */
  record Match(
      boolean one,
      List<Side> sides,
      List<Pairing> pairings,
      OptionalLong presentIn,
      List<Expectation> expectations)
      implements Kind {
    public Match {
      sides = List.copyOf(sides);
      pairings = List.copyOf(pairings);
      expectations = List.copyOf(expectations);
    }
  }

  /**
   * One list of a match.
   *
   * @param name what {@code side} gives: its stream's, or its own where all are of one event
   * @param row the local of the event that the list is of
   * @param element the local of its elements
   * @param judged whether an unmatched element of it is a violation
   * @param unmatched which of the unmatched ones are violations; none: all
   * @param ignores elements of which one of these is true may be a partner, and are never a
   *     violation
   */
  record Side(
      String name,
      Local row,
      Local element,
      Term list,
      boolean judged,
      Optional<Term> unmatched,
      List<Term> ignores) {
    public Side {
      ignores = List.copyOf(ignores);
    }
  }

  /** {@code where} is a BOOL over the elements of two sides, by their place in the match. */
  record Pairing(int left, int right, Term where) {}

  /** What must hold of every event, element, pair, window or release. */
  record Expect(List<Expectation> expectations) implements Kind {
    public Expect {
      expectations = List.copyOf(expectations);
      if (expectations.isEmpty()) {
        throw new IllegalArgumentException("expect needs one condition or more");
      }
    }
  }

  /** Built in, one a stream: the values are of their declared types and ranges. */
  record Schema() implements Kind {}

  /**
   * One {@code expect} line, with a verdict of its own.
   *
   * @param name as written, if it was; under {@code for} with the field's, such as {@code
   *     features.income}
   * @param window judged at its end; none: judged at every event, element, pair or release
   * @param across the segment that it compares over: one verdict for all values of it
   */
  record Expectation(
      Optional<String> name, Term condition, Optional<Window> window, Optional<String> across) {
    /** Of single events or elements. */
    public Expectation(Optional<String> name, Term condition) {
      this(name, condition, Optional.empty(), Optional.empty());
    }
  }

  /** The clause that it is written by. */
  default String word() {
    return switch (this) {
      case Absent ignored -> "absent";
      case Present ignored -> "present";
      case Returns ignored -> "returns";
      case Transitions ignored -> "transitions";
      case Consistent ignored -> "consistent";
      case Change ignored -> "change";
      case Silence ignored -> "silence";
      case Match ignored -> "match";
      case Expect ignored -> "expect";
      case Schema ignored -> "schema";
    };
  }
}
