package io.assay.assertion.eval;

import io.assay.assertion.statistics.Mergeable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is counted of one segment in one stretch of time; made and merged by {@link PaneShape}. */
final class Pane {
  private static final byte[] NOT_PACKED = {};

  long events;

  /** Elements under {@code each}, else events. */
  long units;

  /** Units whose truth has come. */
  long truths;

  /** One for each statistic; null where it is not known of all events. */
  final @Nullable Mergeable<?>[] states;

  /** The states as bytes, where they are only kept for later windows. */
  private final byte[][] packed;

  /** Of the events of the version that a statistic is held against; null where there is none. */
  final @Nullable Mergeable<?>[] ofVersion;

  Pane(int statistics) {
    this.states = new Mergeable<?>[statistics];
    this.packed = new byte[statistics][];
    Arrays.fill(packed, NOT_PACKED);
    this.ofVersion = new Mergeable<?>[statistics];
  }

  /** A state as bytes; null where it is not packed. */
  byte @Nullable [] packed(int place) {
    byte[] bytes = packed[place];
    return bytes.length == 0 ? null : bytes;
  }

  void pack(int place, byte[] bytes) {
    packed[place] = bytes;
  }
}
