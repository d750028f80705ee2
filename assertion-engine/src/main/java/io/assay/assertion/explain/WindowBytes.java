package io.assay.assertion.explain;

import io.assay.assertion.rule.ir.Windowing;

/** How much a window keeps of each segment at most, by its statistics. */
final class WindowBytes {
  private static final int HEAD = 24;

  private WindowBytes() {}

  static long of(Windowing windowing) {
    long bytes = HEAD;
    for (Windowing.Statistic statistic : windowing.statistics()) {
      bytes += of(statistic.overload());
    }
    return bytes;
  }

  /**
   * What is kept of one event: its time and counts, and a state of one number of each statistic.
   */
  static long ofEvent(Windowing windowing) {
    return HEAD + 16L * windowing.statistics().size();
  }

  /** The greatest size of each in the statistics package; an exact sum is under 150 bytes. */
  private static long of(String overload) {
    return switch (overload.split("_", 2)[0]) {
      case "count", "share", "missing" -> 24;
      case "min", "max" -> 24;
      case "mean", "sum", "deviation" -> 300;
      case "median", "quantile", "ks" -> 12_288;
      case "distinct" -> 4_096;
      case "auc" -> 2 * 16_384 * 6;
      default -> 512;
    };
  }
}
