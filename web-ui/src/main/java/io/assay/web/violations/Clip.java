package io.assay.web.violations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events around the one that decided, in order of time, with what to show of each.
 *
 * @param frames of the evidence, which has at most 16 events
 */
record Clip(List<Part> frames) {

  /**
   * One event.
   *
   * @param image a link that opens its image for whoever has it; null where there is none
   * @param thumbnail a small one of it, for members
   * @param missing whether the subject should be here and is not
   */
  record Part(
      String event,
      Instant at,
      String offset,
      String role,
      @Nullable String image,
      @Nullable String thumbnail,
      boolean missing,
      List<Frame.Box> boxes) {
    static Part of(Frame frame) {
      return new Part(
          frame.event(),
          frame.at().instant(),
          frame.offset(),
          frame.role(),
          frame.image().orElse(null),
          frame.thumbnail().orElse(null),
          frame.missing(),
          frame.boxes());
    }
  }

  /** So many events before the deciding one, and so many after. */
  static Clip around(List<Frame> frames, String deciding, int number) {
    int middle = frames.size() - 1;
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).event().equals(deciding)) {
        middle = i;
      }
    }
    int from = Math.max(0, middle - number);
    int to = Math.min(frames.size(), middle + number + 1);
    return new Clip(frames.subList(from, to).stream().map(Part::of).toList());
  }
}
