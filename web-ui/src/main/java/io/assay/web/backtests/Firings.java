package io.assay.web.backtests;

import io.assay.web.backtests.BacktestFigures.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How many violations there were when, in steps that grow with the range: memory stays constant.
 */
final class Firings {
  private static final int MOST_STEPS = 120;
  private static final long MINUTE = 60_000_000_000L;

  private long step = MINUTE;
  private TreeMap<Long, long[]> counts = new TreeMap<>();

  void draft(long at) {
    count(at, 0);
  }

  void inForce(long at) {
    count(at, 1);
  }

  private void count(long at, int side) {
    counts.computeIfAbsent(Math.floorDiv(at, step), place -> new long[2])[side]++;
    while (counts.lastKey() - counts.firstKey() >= MOST_STEPS) {
      step *= 2;
      TreeMap<Long, long[]> wider = new TreeMap<>();
      counts.forEach(
          (place, both) -> {
            long[] sums = wider.computeIfAbsent(Math.floorDiv(place, 2), half -> new long[2]);
            sums[0] += both[0];
            sums[1] += both[1];
          });
      counts = wider;
    }
  }

  /** All steps from the first to the last, those without violations too. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (!counts.isEmpty()) {
      for (long place = counts.firstKey(); place <= counts.lastKey(); place++) {
        long[] both = counts.getOrDefault(place, new long[2]);
        steps.add(new Step(Instant.ofEpochSecond(0, place * step), both[0], both[1]));
      }
    }
    return steps;
  }
}
