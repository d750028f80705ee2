package io.assay.assertion.scenario;

import io.assay.assertion.event.Coordinates;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts distinct events by where they stood: one bit an event, and only near those that were
 * flagged.
 *
 * <p>A span may overlap another of the same key, so adding up lengths would count events twice.
 */
final class FlaggedEvents {
  private static final int BITS = 12;
  private static final int WORDS = 1 << (BITS - 6);

  private final Map<Page, long[]> pages = new HashMap<>();
  private long count;

  private record Page(String topic, int partition, long number) {}

  void add(Coordinates event) {
    var page = new Page(event.topic(), event.partition(), event.offset() >> BITS);
    long[] words = pages.computeIfAbsent(page, fresh -> new long[WORDS]);
    int bit = (int) (event.offset() & ((1 << BITS) - 1));
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
