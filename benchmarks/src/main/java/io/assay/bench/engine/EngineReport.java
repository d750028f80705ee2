package io.assay.bench.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Time, memory and pauses of ten assertions, and how time grows with rules and with boxes. */
public final class EngineReport {
  private static final int BOXES = EngineBenchmark.BOXES;
  private static final int KEYS = EngineBenchmark.KEYS;
  private static final int[] SIZES = {5, 25, 50, 100, 200};
  private static final int[] RULES = {1, 25, 50, 100, 200};

  /** Of events with a violation. */
  private static final double PERCENT = 2;

  private static final double GIVE = 0.25;

  private EngineReport() {}

  public static void print() {
    int ofStreet = time("ten assertions", Rules.street());
    time("ten assertions, two slices", Rules.sliced());
    int ofSensors = time("two sensors", Rules.sensors());
    wall(Map.of("street", ofStreet, "sensors", ofSensors));
    curve("rules", RULES, Rules::plain, n -> BOXES);
    curve("boxes, ten assertions", SIZES, Rules::street, n -> n);
    curve("boxes, two sensors", SIZES, n -> Rules.sensors(), n -> n);
    LiveKeys.print("ten assertions", Rules.street());
    LiveKeys.print("one assertion", Rules.plain(1));
  }

  /** How many events were judged. */
  private static int time(String of, String rules) {
    var judging = new Judging(rules);
    List<Judging.Turn> turns = judging.turns(KEYS, EngineBenchmark.FRAMES, BOXES);
    var said = new Said();
    judging.round(turns, KEYS, said);
    List<String> unreached = said.unreached(judging.rules());
    if (!unreached.isEmpty()) {
      throw new IllegalStateException("every clause is to decide something, not so " + unreached);
    }
    double share = 100.0 * said.spoke() / turns.size();
    if (Math.abs(share - PERCENT) > GIVE) {
      throw new IllegalStateException(
          "needed %.1f %% of events with a violation, came %.2f".formatted(PERCENT, share));
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d events, %.2f %% with a violation: %s%n",
        of,
        turns.size(),
        share,
        said.violations());
    System.out.printf(
        Locale.ROOT, "CPU an event: %.1f us, median of 7%n%n", median(judging, turns, KEYS, 5, 7));
    return turns.size();
  }

  /** By the clock, as JMH measures it; what else the machine does is in it. */
  private static void wall(Map<String, Integer> events) {
    Collection<RunResult> results;
    try {
      results =
          new Runner(
                  new OptionsBuilder()
                      .include(EngineBenchmark.class.getName())
                      .forks(0)
                      .shouldFailOnError(true)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .run();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
    for (RunResult run : results) {
      String rules = run.getParams().getParam("rules");
      int each = Objects.requireNonNull(events.get(rules), rules);
      Result<?> result = run.getPrimaryResult();
      System.out.printf(
          Locale.ROOT,
          "%s, by the clock: %.1f ± %.1f us an event (JMH)%n",
          rules,
          result.getScore() / each,
          result.getScoreError() / each);
    }
    System.out.println();
  }

  private static void curve(
      String of, int[] sizes, IntFunction<String> rules, IntUnaryOperator boxes) {
    int keys = 16;
    double[] micros = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      var judging = new Judging(rules.apply(sizes[i]));
      List<Judging.Turn> turns =
          judging.turns(keys, 4000 / sizes[i] + 100, boxes.applyAsInt(sizes[i]));
      micros[i] = median(judging, turns, keys, 4, 5);
    }
    new Curve(sizes, micros).print(of);
  }

  private static double median(
      Judging judging, List<Judging.Turn> turns, int keys, int warm, int measured) {
    var out = new Unheard();
    double[] micros = new double[measured];
    for (int round = -warm; round < measured; round++) {
      double one = judging.microsAnEvent(turns, keys, out);
      if (round >= 0) {
        micros[round] = one;
      }
    }
    Arrays.sort(micros);
    return micros[measured / 2];
  }
}
