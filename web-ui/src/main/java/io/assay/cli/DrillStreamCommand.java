package io.assay.cli;

import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.drill.DrillReport;
import io.assay.drill.DrillSettings;
import io.assay.drill.Fault;
import io.assay.drill.Reference;
import io.assay.drill.StreamDrill;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether judging live survives what production does to it. */
@Command(
    name = "stream",
    description = {
      "Judges events by two processors on three brokers while these, PostgreSQL and the processors",
      "are killed and paused in turn; then holds what came out against the backtest of the same",
      "events. Takes about two minutes a round; needs 3 GB of memory, and Linux."
    })
final class DrillStreamCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "How many events are sent (default: ${DEFAULT-VALUE}).")
  long events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often each fault happens (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--faults",
      paramLabel = "FAULT",
      split = ",",
      description =
          "Which, in order: ${COMPLETION-CANDIDATES} (default: all of them, in this order).")
  List<Fault> faults = List.of(Fault.values());

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "An empty folder that keeps data and logs (default: one that is deleted after it).")
  @Nullable Path folder;

  @Mixin FormatOption format = new FormatOption();

  @Override
  public ExitStatus call()
      throws IOException, InterruptedException, ExecutionException, SQLException {
    Path kept = folder;
    if (kept != null) {
      StreamDrill.refusal(kept)
          .ifPresent(
              why -> {
                throw CommandFailure.couldNotRun(why);
              });
      return run(kept);
    }
    Path temporary = Files.createTempDirectory("assay-drill");
    try {
      return run(temporary);
    } finally {
      TemporaryFolder.delete(temporary);
    }
  }

  private ExitStatus run(Path data)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    // Clients miss brokers that were killed on purpose, many times a second.
    if (System.getProperty("assay.log.kafka") == null) {
      System.setProperty("assay.log.kafka", "OFF");
    }
    DrillReport report;
    try {
      report = StreamDrill.run(settings(data), this::backtest, this::tell);
    } catch (IllegalStateException stuck) {
      throw CommandFailure.couldNotRun(String.valueOf(stuck.getMessage()), stuck);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format.format) {
      case text -> DrillText.write(report, out);
      case json -> DrillJson.write(report, out);
    }
    return report.passed() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private DrillSettings settings(Path data) {
    try {
      return new DrillSettings(data, events, rounds, faults);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void tell(String progress) {
    spec.commandLine().getErr().println("assay: " + progress);
    spec.commandLine().getErr().flush();
  }

  private Reference.Judged backtest(CheckedRules rules, String topic, String servers) {
    PrintWriter err = spec.commandLine().getErr();
    Map<String, byte[]> violations = new HashMap<>();
    try (TopicEvents past =
        TopicEvents.open(
            rules,
            List.of(topic),
            new BrokerAccess(servers, Map.of(), "the drill"),
            Extent.ALL,
            err)) {
      BacktestReport report =
          new Replay(err, "")
              .run(
                  rules,
                  past,
                  "default",
                  Extent.ALL,
                  found -> violations.put(found.id(), ViolationJson.write(found)));
      return new Reference.Judged(violations, tallies(report));
    }
  }

  private static Map<String, Long> tallies(BacktestReport report) {
    Map<String, Long> all = new HashMap<>();
    for (BacktestReport.AssertionResult one : report.assertions()) {
      all.put(one.name() + " seen", one.seen());
      all.put(one.name() + " passed", one.passed());
      all.put(one.name() + " judged", one.judged());
      all.put(one.name() + " violated", one.violated());
      all.put(one.name() + " undecided", one.undecided());
      all.put(one.name() + " late", one.late());
    }
    all.values().removeIf(number -> number == 0);
    return all;
  }
}
