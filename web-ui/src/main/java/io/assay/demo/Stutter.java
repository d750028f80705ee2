package io.assay.demo;

import java.util.List;

/**
 * A radio that now and then sends a frame after the next ones, so that there are late events to be
 * looked at.
 */
final class Stutter {
  private static final long BETWEEN_MILLIS = 300_000;
  private static final long HELD_MILLIS = 300;

  private String held = "";
  private long since;
  private long last = Long.MIN_VALUE;

  /**
   * What is sent at the time of a frame: mostly its event, sometimes none, and later two.
   *
   * @param at of the frame, in order
   */
  List<String> next(long at, String event) {
    boolean begins =
        last != Long.MIN_VALUE
            && Math.floorDiv(at, BETWEEN_MILLIS) > Math.floorDiv(last, BETWEEN_MILLIS);
    last = at;
    if (held.isEmpty() && begins) {
      held = event;
      since = at;
      return List.of();
    }
    if (!held.isEmpty() && at - since >= HELD_MILLIS) {
      List<String> both = List.of(event, held);
      held = "";
      return both;
    }
    return List.of(event);
  }
}
