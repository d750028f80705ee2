package io.assay.assertion.scenario;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts distinct events by file and line: one bit an event, and only near those that were flagged.
 *
 * <p>A span may overlap another of the same key, so adding up lengths would count events twice.
 */
final class FlaggedEvents {
  private static final int BITS = 12;
  private static final int WORDS = 1 << (BITS - 6);

  private final Map<Page, long[]> pages = new HashMap<>();
  private long count;

  private record Page(String file, long number) {}

  void add(String file, long line) {
    long[] words = pages.computeIfAbsent(new Page(file, line >> BITS), page -> new long[WORDS]);
    int bit = (int) (line & ((1 << BITS) - 1));
    long mask = 1L << (bit & 63);
    if ((words[bit >> 6] & mask) == 0) {
      words[bit >> 6] |= mask;
      count++;
    }
  }

  long count() {
    return count;
  }
}
