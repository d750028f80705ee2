package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StructType;
import java.util.List;
import java.util.Optional;

/**
 * What the output should have been.
 *
 * <p>Its terms see the names that the kind gives. What is gathered over sightings ({@code
 * majority(b.label)}) stands in {@code gathered}: their locals are set first.
 *
 * @param when a BOOL; none: always
 */
public record Correction(Optional<Term> when, Repair repair, List<Gathered> gathered) {
  public Correction {
    gathered = List.copyOf(gathered);
  }

  /**
   * A value over all sightings of the identity around the violation.
   *
   * @param element what a sighting is put in for {@code each}
   */
  public record Gathered(Local local, How how, Local element, Term each) {}

  /** How many values become one. */
  public enum How {
    /** Linear in time between the sightings around; of boxes side by side. */
    INTERPOLATE,
    /** The most frequent; the earlier one of equals. */
    MAJORITY,
    MEDIAN,
    MEAN
  }

  /** What is done to the output. */
  public sealed interface Repair {
    /**
     * An element is put where it was missing; what {@code with} does not say is as in {@code
     * element}.
     *
     * @param list where it goes
     */
    record Insert(Local element, ListPlace list, List<With> with) implements Repair {
      public Insert {
        with = List.copyOf(with);
      }
    }

    record Remove(Local element) implements Repair {}

    /**
     * A field of the element, or of the event.
     *
     * @param row the element's local or the event's
     */
    record Set(Local row, List<StructType.Field> path, Term value) implements Repair {
      public Set {
        path = List.copyOf(path);
      }
    }

    /**
     * Of the elements that overlap one is kept.
     *
     * @param area the box of an element
     * @param iou the local that takes the overlap of two, a RATIO
     * @param where a BOOL over {@code iou}
     * @param element the local of an element in {@code by}
     * @param by the one where this is greatest, or least, stays
     */
    record Merge(
        ListPlace list,
        StructType.Field area,
        Local iou,
        Term where,
        Local element,
        Term by,
        boolean highest)
        implements Repair {}
  }

  /** A list of records of an event: its stream's local, and the field. */
  public record ListPlace(String stream, Local event, StructType.Field field) {}

  /** A field and its value. */
  public record With(StructType.Field field, Term value) {}
}
