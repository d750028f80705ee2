package io.assay.assertion.eval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * What is counted for the lines that share a window: by time, and by segment. In a partition's part
 * only what came since it was last handed on; where parts are merged, all that is open and all that
 * later windows are held against.
 */
sealed interface Panes permits AlignedPanes, SessionPanes, TrailingPanes {
  /**
   * A window that is over, with what was counted in it.
   *
   * @param nth of the windows of a segment that end in this instant, where several may; else 0
   * @param incomplete why it says nothing; empty where it is whole
   */
  record Closed(
      long start,
      long end,
      int nth,
      SortedMap<Segment, Pane> segments,
      Optional<String> incomplete) {
    /** One that ends with the clock. */
    Closed(long start, long end, SortedMap<Segment, Pane> segments) {
      this(start, end, 0, segments, Optional.empty());
    }

    /** The same, of which something is missing. */
    Closed cut(String why) {
      return new Closed(start, end, nth, segments, Optional.of(why));
    }

    /**
     * What tells it from the other windows of a segment: when it begins, or which event ends it.
     */
    String name() {
      return nth == 0
          ? JsonValues.instant(start)
          : JsonValues.instant(end) + (nth == 1 ? "" : "#" + nth);
    }
  }

  /** A window that is over, to be asked for once and in order. */
  record Ending(long end, Supplier<Closed> window) {}

  /** Whether all windows that an event of this time is in are closed, by a clock. */
  boolean isLate(long at, long clock);

  /** Where a unit of this time and segment is counted. */
  Pane at(long at, Segment segment);

  /** All units of an event are counted. */
  default void endEvent() {}

  /**
   * Takes in what another part has counted, which is not used any more.
   *
   * @param closed windows that end up to here are judged already
   * @return how many units came too late
   */
  long take(Panes other, long closed);

  /**
   * Hands half of what is counted to panes that are empty.
   *
   * @return whether there was more than one pane
   */
  boolean halve(Panes half);

  /**
   * The windows that end after {@code closed} and up to {@code clock}, in order of their ends.
   *
   * @param ended no more events come
   */
  List<Ending> close(long closed, long clock, boolean ended);

  /** The end of the first window that ends after {@code closed}; the largest time for none. */
  long due(long closed);

  /** Forgets what no window needs that ends after {@code clock}. */
  void forget(long clock);

  /** More segments than these are a rule's mistake: it stops, visibly. */
  int MOST_SEGMENTS = 100_000;

  static void needFew(Map<Segment, ?> segments) {
    if (segments.size() > MOST_SEGMENTS) {
      throw new IllegalStateException(
          "a window needs at most %d segments, got more".formatted(MOST_SEGMENTS));
    }
  }

  static void needRoom(long bytes) {
    if (bytes > AlignedPanes.OPEN_BYTES) {
      throw new IllegalStateException(
          "sessions that are open need at most %d MB, came to more"
              .formatted(AlignedPanes.OPEN_BYTES >> 20));
    }
  }

  void clear();

  void write(StateWriter out);

  /** {@code places}: where each of the statistics written now stands; -1 for none. */
  void read(int[] places, StateReader in);
}
