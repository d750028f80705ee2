package io.assay.bench.engine;

import io.assay.assertion.eval.KeyState;
import io.assay.assertion.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Time, memory and pauses of ten assertions, and how time grows with rules and with boxes. */
public final class EngineReport {
  private static final int ASSERTIONS = 10;
  private static final int BOXES = 5;
  private static final int KEYS = 64;
  private static final int LIVE_KEYS = 100_000;
  private static final int LIVE_FRAMES = 6;

  private EngineReport() {}

  public static void print() {
    time();
    curve("rules", new int[] {1, 25, 50, 100, 200}, EngineReport::plain, n -> BOXES);
    curve("boxes, ten assertions", new int[] {5, 25, 50, 100, 200}, n -> rules(), n -> n);
    manyKeys();
  }

  private static void time() {
    var judging = new Judging(rules());
    List<Event> events = judging.events(KEYS, 600, BOXES);
    judging.microsAnEvent(events, KEYS);
    if (judging.violations().size() != ASSERTIONS) {
      throw new IllegalStateException(
          "every assertion is to be violated, were " + judging.violations());
    }
    double share = 100.0 * judging.spoke() / events.size();
    if (share < 1 || share > 3) {
      throw new IllegalStateException("needed 2 % of events with a violation, came " + share);
    }
    System.out.printf(
        Locale.ROOT,
        "%d events, %.1f %% with a violation: %s%n",
        events.size(),
        share,
        judging.violations());
    System.out.printf(
        Locale.ROOT, "CPU an event: %.1f us, median of 7%n%n", median(judging, events, 3, 7));
  }

  private static void curve(
      String of, int[] sizes, IntFunction<String> rules, IntUnaryOperator boxes) {
    System.out.printf(Locale.ROOT, "| %s | us an event |%n|---|---|%n", of);
    double[] micros = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      var judging = new Judging(rules.apply(sizes[i]));
      List<Event> events = judging.events(16, 4000 / sizes[i] + 40, boxes.applyAsInt(sizes[i]));
      micros[i] = median(judging, events, 3, 5);
      System.out.printf(Locale.ROOT, "| %d | %.1f |%n", sizes[i], micros[i]);
    }
    fit(sizes, micros);
  }

  /** Least squares; R2 is the share of the variance that a straight line explains. */
  private static void fit(int[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double slope = xy / xx;
    System.out.printf(
        Locale.ROOT,
        "%nline: %.2f + %.3f n, R2 %.3f%n%n",
        meanY - slope * meanX,
        slope,
        xy * xy / xx / yy);
  }

  private static void manyKeys() {
    var judging = new Judging(rules());
    List<KeyState> states = new ArrayList<>(LIVE_KEYS);
    long before = liveHeap();
    for (int key = 0; key < LIVE_KEYS; key++) {
      states.add(judging.judge().newKey("v" + key));
    }
    long longest = 0;
    try (var pauses = new Pauses()) {
      var street = new StreetFrames(11, BOXES);
      for (int frame = 0; frame < LIVE_FRAMES; frame++) {
        for (int key = 0; key < LIVE_KEYS; key++) {
          Event event = judging.decode(street.frame("v" + key, frame), key);
          long start = System.nanoTime();
          judging.judge(states.get(key), event);
          longest = Math.max(longest, System.nanoTime() - start);
        }
      }
      System.out.printf(
          Locale.ROOT, "%d live keys: longest pause %d ms, ", LIVE_KEYS, pauses.longestMillis());
      System.out.printf(Locale.ROOT, "longest event %.1f ms (wall)%n", longest / 1e6);
    }
    double identities = (double) LIVE_KEYS * BOXES;
    System.out.printf(
        Locale.ROOT, "heap: %.0f bytes an identity%n", (liveHeap() - before) / identities);
    long bytes = states.stream().mapToLong(state -> judging.judge().snapshot(state).length).sum();
    System.out.printf(Locale.ROOT, "snapshot: %.0f bytes an identity%n", bytes / identities);
  }

  private static double median(Judging judging, List<Event> events, int warm, int measured) {
    double[] micros = new double[measured];
    int keys = (int) events.stream().map(Event::key).distinct().count();
    for (int round = -warm; round < measured; round++) {
      double one = judging.microsAnEvent(events, keys);
      if (round >= 0) {
        micros[round] = one;
      }
    }
    Arrays.sort(micros);
    return micros[measured / 2];
  }

  private static long liveHeap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static String rules() {
    try (InputStream text = EngineReport.class.getResourceAsStream("street.assay")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many like one of the ten, each with a bound of its own. */
  private static String plain(int count) {
    String all = rules();
    var text = new StringBuilder(all.substring(0, all.indexOf("assertion flicker")));
    for (int i = 0; i < count; i++) {
      text.append("assertion gone%d on camera {\n".formatted(i));
      text.append("  each b in boxes where b.score >= 0.5\n  identity b.track\n");
      text.append("  absent less than %dms\n}\n".formatted(300 + i));
    }
    return text.toString();
  }
}
