package io.assay.bench.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What three assertions say of a model's output over the pool, minute by minute. */
final class Flags {
  static final List<String> ASSERTIONS = List.of("flicker", "off_hours", "unlike_light");

  private static final int LONGEST = 10;

  private final List<Flag> flags = new ArrayList<>();

  /**
   * Judges.
   *
   * @param occupied of each row, the probability that the model gives
   */
  static List<Flag> of(List<Row> rows, double[] occupied) {
    var judged = new Flags();
    judged.flicker(occupied);
    for (int i = 0; i < occupied.length; i++) {
      Row row = rows.get(i);
      if (occupied[i] > 0.5 && row.offHours()) {
        judged.flags.add(new Flag("off_hours", i, occupied[i], 0));
      }
      if (occupied[i] > 0.5 != row.lit()) {
        judged.flags.add(
            new Flag("unlike_light", i, Math.abs(occupied[i] - 0.5), row.lit() ? 1 : 0));
      }
    }
    return judged.flags;
  }

  /** A-B-A with B of fewer than ten rows; each row of B, more severe the shorter B is. */
  private void flicker(double[] occupied) {
    int start = 0;
    for (int i = 1; i < occupied.length; i++) {
      if (occupied[i] > 0.5 != occupied[i - 1] > 0.5) {
        int length = i - start;
        if (start > 0 && length < LONGEST) {
          for (int row = start; row < i; row++) {
            flags.add(new Flag("flicker", row, LONGEST - length, occupied[row] > 0.5 ? 0 : 1));
          }
        }
        start = i;
      }
    }
  }

  static Map<String, Long> counts(List<Flag> flags) {
    Map<String, Long> counts = new HashMap<>();
    ASSERTIONS.forEach(name -> counts.put(name, 0L));
    flags.forEach(flag -> counts.merge(flag.assertion(), 1L, Long::sum));
    return counts;
  }
}
