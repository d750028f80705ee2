package io.assay.web.figures;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Steps of event time of which a chart and its table show one window each: as many as people can
 * read, and as a page can be made of at once.
 *
 * @param length of a step; zero where each window is shown
 */
record Steps(Duration length) {
  /** Each window by itself. */
  static final Steps EACH = new Steps(Duration.ZERO);

  /** Cells of a table at most, but for a day's steps of very many segments. */
  static final int MOST_CELLS = 1_200;

  private static final int FEWEST = 30;

  /** From which a step is taken: each is a part of a day, so that days begin with one. */
  private static final List<Duration> LENGTHS =
      Stream.of(15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200)
          .map(Duration::ofSeconds)
          .toList();

  /** The shortest of which {@code range} has no more than a table of so many segments shows. */
  static Steps of(Duration range, int segments) {
    long most = Math.max(FEWEST, MOST_CELLS / Math.max(1, segments));
    return LENGTHS.stream()
        .filter(length -> range.dividedBy(length) <= most)
        .findFirst()
        .map(Steps::new)
        .orElseGet(() -> new Steps(Duration.ofDays(1)));
  }

  /**
   * The end of the step in which a window ends; that of the window itself where each is shown. Both
   * in milliseconds since the epoch; a window that ends with a step belongs to it.
   */
  long end(long windowEnd) {
    return length.isZero()
        ? windowEnd
        : Math.ceilDiv(windowEnd, length.toMillis()) * length.toMillis();
  }

  /** With the symbol of its unit: {@code 15 s}, {@code 5 min}, {@code 3 h}, {@code 1 d}. */
  String text() {
    if (length.toSeconds() < 60) {
      return length.toSeconds() + " s";
    }
    if (length.toMinutes() < 60) {
      return length.toMinutes() + " min";
    }
    return length.toDays() > 0 ? length.toDays() + " d" : length.toHours() + " h";
  }
}
