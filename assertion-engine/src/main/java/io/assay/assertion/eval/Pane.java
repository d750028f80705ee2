package io.assay.assertion.eval;

import io.assay.assertion.statistics.Mergeable;
import org.jspecify.annotations.Nullable;

/** What is counted of one segment in one stretch of time; made and merged by {@link PaneShape}. */
final class Pane {
  long events;

  /** Elements under {@code each}, else events. */
  long units;

  /** Units whose truth has come. */
  long truths;

  /** One for each statistic; null where it is not known of all events. */
  final @Nullable Mergeable<?>[] states;

  /** The states as bytes, where they are only kept for later windows. */
  final byte @Nullable [][] packed;

  /** Of the events of the version that a statistic is held against; null where there is none. */
  final @Nullable Mergeable<?>[] ofVersion;

  Pane(int statistics) {
    this.states = new Mergeable<?>[statistics];
    this.packed = new byte[statistics][];
    this.ofVersion = new Mergeable<?>[statistics];
  }
}
