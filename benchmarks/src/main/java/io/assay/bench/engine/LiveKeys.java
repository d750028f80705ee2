package io.assay.bench.engine;

import io.assay.assertion.eval.KeptKeys;
import io.assay.assertion.event.Event;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * What many keys that are all alive weigh, and how long judging ever stops for them: kept as a
 * backtest keeps them, and as the processors do beside their store. They come in turn, which is the
 * worst there is for the objects of the keys judged last.
 */
final class LiveKeys {
  private static final int KEYS = 100_000;
  private static final int BOXES = 5;
  private static final int FRAMES = 6;

  /** Of the keys judged last; the others are bytes. */
  private static final int OBJECTS = 1024;

  private LiveKeys() {}

  static void print(String of, String rules) {
    var judging = new Judging(rules);
    var out = new Unheard();
    long before = liveHeap();
    var states = new KeptKeys(judging.judge(), OBJECTS);
    try (var pauses = new Pauses()) {
      Longest longest = judge(judging, states, out);
      System.out.printf(
          Locale.ROOT,
          "%s, %d live keys: longest pause %d ms of %d (%s)%n",
          of,
          KEYS,
          pauses.longestMillis(),
          pauses.count(),
          Pauses.collectors());
      System.out.printf(
          Locale.ROOT,
          "longest event: %.1f ms CPU, %.1f ms wall%n",
          longest.cpu() / 1e6,
          longest.wall() / 1e6);
    }
    double identities = (double) KEYS * BOXES;
    System.out.printf(Locale.ROOT, "heap: %.0f bytes a box%n", (liveHeap() - before) / identities);
    long bytes = 0;
    for (int key = 0; key < KEYS; key++) {
      bytes += judging.judge().snapshot(states.remove("v" + key)).length;
    }
    System.out.printf(
        Locale.ROOT,
        "snapshot: %.0f bytes a box (%d violations)%n%n",
        bytes / identities,
        out.violations());
  }

  /** Nanoseconds of an event: of this thread's work, and by the clock on the wall. */
  private record Longest(long cpu, long wall) {}

  private static Longest judge(Judging judging, KeptKeys states, Unheard out) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    var street = new StreetFrames(11, BOXES, 100);
    long longestCpu = 0;
    long longestWall = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int key = 0; key < KEYS; key++) {
        Event event = judging.decode("camera", street.frame("v" + key, frame), key);
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        judging.judge().judge(states.of(event.key()), event, out);
        longestWall = Math.max(longestWall, System.nanoTime() - wall);
        longestCpu = Math.max(longestCpu, threads.getCurrentThreadCpuTime() - cpu);
      }
    }
    return new Longest(longestCpu, longestWall);
  }

  private static long liveHeap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
