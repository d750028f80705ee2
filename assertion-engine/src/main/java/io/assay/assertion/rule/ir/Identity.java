package io.assay.assertion.rule.ir;

import java.util.Optional;

/** What makes two elements of different events the same thing in the world. */
public sealed interface Identity {
  /** Equal values are one identity; null: undecided. */
  record ByValue(Term value) implements Identity {}

  /**
   * Boxes that overlap after extrapolation, matched one to one, highest IoU first.
   *
   * @param area the box of the element, a RECT
   * @param atLeast least intersection over union, in 0 .. 1
   * @param coasting how long an unseen identity is kept; else the assertion's T - 1 events, or T
   */
  record ByOverlap(Term area, double atLeast, Optional<Bound> coasting) implements Identity {}
}
