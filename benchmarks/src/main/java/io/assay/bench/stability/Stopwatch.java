package io.assay.bench.stability;

/** The best of some rounds, which is the least disturbed. */
final class Stopwatch {
  private Stopwatch() {}

  static double seconds(int rounds, Runnable task) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      task.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }
}
