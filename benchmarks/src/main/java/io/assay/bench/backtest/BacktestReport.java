package io.assay.bench.backtest;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges generated events, and says at every tenth of the way what the heap holds. */
public final class BacktestReport {
  private static final String RULES =
      """
      language 1
      stream camera from topic "camera" {
        key    vehicle  string
        time   at       timestamp(millis)
        boxes           list { track string  label string  score ratio  area rect }
      }
      assertion flicker on camera {
        each      b in boxes
        identity  b.track
        absent    less than 500ms
        severity  gap / 500ms
        explain   "{b.track} was gone for {gap}"
      }
      assertion appear on camera {
        each      b in boxes
        identity  overlap(b.area) >= 0.3
        present   less than 300ms
      }
      assertion stable_label on camera {
        each       b in boxes
        identity   b.track
        consistent b.label within 2s
        severity   minority
      }
      assertion sure on camera {
        each      b in boxes
        expect    b.score >= 0.51
      }
      """;

  private BacktestReport() {}

  /**
   * @param arguments how many events, ten million by default, and how many jobs
   */
  public static void print(List<String> arguments) {
    long events = arguments.isEmpty() ? 10_000_000 : Long.parseLong(arguments.getFirst());
    int jobs = arguments.size() < 2 ? 1 : Integer.parseInt(arguments.get(1));
    CheckedRules rules =
        new RuleCompiler()
            .compile(List.of(new SourceFile("backtest.assay", RULES)))
            .rules()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%,d events of %,d keys, %d assertions, %d jobs, heap of at most %,d MB%n%n",
        events,
        GeneratedEvents.KEYS,
        rules.assertions().size(),
        jobs,
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.println("| events | violations | seconds | events a second | live heap, MB |");
    System.out.println("|---|---|---|---|---|");
    var heard = new Heard(events);
    Backtest.run(
        rules,
        "bench",
        List.of(
            Recording.ofLines(
                rules.streams().getFirst(), "generated", new GeneratedEvents(events))),
        new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), jobs),
        heard);
    System.out.printf(Locale.ROOT, "%nCPU: %.1f s%n", cpuSeconds());
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  private static final class Heard implements Backtest.Listener {
    private final long between;
    private final long start = System.nanoTime();
    private long violations;
    private long next;

    Heard(long events) {
      this.between = Math.max(1, events / 10);
      this.next = between;
    }

    @Override
    public void violation(Violation violation) {
      violations++;
    }

    @Override
    public void unreadable(String place, String cause, String detail) {
      throw new IllegalStateException(place + ": " + cause + ": " + detail);
    }

    @Override
    public void progress(long events) {
      if (events < next) {
        return;
      }
      next += between;
      double seconds = (System.nanoTime() - start) / 1e9;
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      double live = (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,d | %.0f | %,.0f | %.1f |%n",
          events,
          violations,
          seconds,
          events / seconds,
          live);
    }
  }
}
