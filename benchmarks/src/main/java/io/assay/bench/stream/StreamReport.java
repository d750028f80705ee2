package io.assay.bench.stream;

import io.assay.stream.app.ProcessorSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * CPU time of this process for each event, and how long an event takes, of the judge and of two
 * programs that do less; all with the processors' own settings, on one broker in another process.
 */
public final class StreamReport {
  private static final int VEHICLES = 10_000;
  private static final int EVENTS = 1_000_000;
  private static final int SKIPPED = 250_000;
  private static final int ROUNDS = 3;
  private static final int RATE = 5_000;
  private static final int WARM_SECONDS = 10;
  private static final int SECONDS = 30;

  private int names;

  private StreamReport() {}

  private record Latency(double p50, double p99) {}

  /**
   * @param arguments {@code --format json}, or none
   */
  public static void print(List<String> arguments) {
    boolean json = arguments.equals(List.of("--format", "json"));
    if (!json && !arguments.isEmpty() && !arguments.equals(List.of("--sweep"))) {
      throw new IllegalArgumentException(
          "bench stream needs nothing, --sweep or --format json, got " + arguments);
    }
    var report = new StreamReport();
    try (Broker broker = Broker.start()) {
      if (arguments.contains("--sweep")) {
        report.sweep(broker);
      } else {
        report.compare(broker, json);
      }
    }
  }

  private void compare(Broker broker, boolean json) {
    ProcessorSettings settings = settings(broker);
    Map<Kind, CpuRun> cpu = cpu(broker, settings);
    Map<Kind, Latency> latency = latency(broker, settings);
    if (json) {
      var members = new StringJoiner(", ", "{", "}");
      cpu.forEach((kind, run) -> members.add(member(kind, run, of(latency, kind))));
      System.out.println(members);
      return;
    }
    System.out.print(
        """
        | | CPU an event, µs | events a second | p50, ms | p99, ms |
        |---|---|---|---|---|
        """);
    cpu.forEach(
        (kind, run) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.0f | %.0f | %.0f |%n",
                kind.title(),
                run.micros(),
                run.rate(),
                of(latency, kind).p50(),
                of(latency, kind).p99()));
  }

  private static String member(Kind kind, CpuRun run, Latency latency) {
    return String.format(
        Locale.ROOT,
        "\"%s\": {\"cpuMicros\": %.3f, \"p50Millis\": %.1f, \"p99Millis\": %.1f}",
        kind.title(),
        run.micros(),
        latency.p50(),
        latency.p99());
  }

  private static <V> V of(Map<Kind, V> all, Kind kind) {
    return Objects.requireNonNull(all.get(kind));
  }

  /** One configuration for CPU and latency: the processors' own, on topics keyed as they need. */
  private static ProcessorSettings settings(Broker broker) {
    return ProcessorSettings.of(broker.address(), broker.folder("state")).keyed(true);
  }

  /** Each in turn, so that what else the machine does meets all alike; the median of its rounds. */
  private Map<Kind, CpuRun> cpu(Broker broker, ProcessorSettings settings) {
    String input = "events";
    broker.createTopic(input, settings.partitions());
    broker.fill(input, VEHICLES, EVENTS);
    Map<Kind, List<CpuRun>> runs = new EnumMap<>(Kind.class);
    for (int round = 0; round <= ROUNDS; round++) {
      for (Kind kind : Kind.values()) {
        CpuRun run = cpu(broker, kind, input, settings, EVENTS);
        System.err.printf(Locale.ROOT, "%s: %.2f µs%n", kind.title(), run.micros());
        if (round > 0) {
          runs.computeIfAbsent(kind, ignored -> new ArrayList<>()).add(run);
        }
      }
    }
    broker.deleteTopic(input);
    Map<Kind, CpuRun> medians = new EnumMap<>(Kind.class);
    runs.forEach((kind, all) -> medians.put(kind, median(all)));
    return medians;
  }

  private static CpuRun median(List<CpuRun> runs) {
    return runs.stream()
        .sorted((a, b) -> Double.compare(a.micros(), b.micros()))
        .toList()
        .get(runs.size() / 2);
  }

  private CpuRun cpu(
      Broker broker, Kind kind, String input, ProcessorSettings settings, int events) {
    try (Subject subject = kind.start(broker, input, "cpu" + names++, settings)) {
      return CpuRun.of(subject, SKIPPED, events);
    }
  }

  private Map<Kind, Latency> latency(Broker broker, ProcessorSettings settings) {
    Map<Kind, Latency> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      String input = "live-" + kind.title();
      broker.createTopic(input, settings.partitions());
      try (Subject subject = kind.start(broker, input, "latency" + names++, settings)) {
        all.put(kind, latency(broker, input, subject.output()));
      }
    }
    return all;
  }

  private static Latency latency(Broker broker, String input, String output) {
    pause();
    try (ChildProcess traffic =
        ChildProcess.start(
            TrafficMain.class,
            "256m",
            List.of(
                broker.address(),
                input,
                output,
                Integer.toString(RATE),
                Integer.toString(WARM_SECONDS),
                Integer.toString(SECONDS)))) {
      String[] said = traffic.readLine().split(" ");
      System.err.println(input + ": " + said[2] + " records");
      return new Latency(Double.parseDouble(said[0]), Double.parseDouble(said[1]));
    }
  }

  /** Until topics are there and tasks assigned. */
  private static void pause() {
    try {
      Thread.sleep(5_000);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** By threads, and by keys. */
  private void sweep(Broker broker) {
    System.out.print(
        """
        | partitions and threads | keys | CPU an event, µs | events a second |
        |---|---|---|---|
        """);
    for (int threads : new int[] {1, 2, 4}) {
      sweep(broker, threads, VEHICLES, EVENTS);
    }
    for (int keys : new int[] {100_000, 1_000_000}) {
      sweep(broker, 4, keys, 3_000_000);
    }
  }

  private void sweep(Broker broker, int threads, int keys, int events) {
    String input = "sweep" + names++;
    broker.createTopic(input, threads);
    broker.fill(input, keys, events);
    ProcessorSettings settings = settings(broker).running(true, threads, 0);
    cpu(broker, Kind.JUDGED, input, settings, events);
    CpuRun run = cpu(broker, Kind.JUDGED, input, settings, events);
    broker.deleteTopic(input);
    System.out.printf(
        Locale.ROOT, "| %d | %d | %.2f | %.0f |%n", threads, keys, run.micros(), run.rate());
  }
}
