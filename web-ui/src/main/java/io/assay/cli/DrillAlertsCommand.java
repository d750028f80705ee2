package io.assay.cli;

import io.assay.drill.AlertsDrill;
import io.assay.drill.AlertsReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether people are told once, whoever dies. */
@Command(
    name = "alerts",
    description = {
      "Kills one of two web interfaces at random, again and again, while alerts change; then holds",
      "history, notices and what a receiver got against the changes. Needs 2 GB of memory, and"
          + " Linux."
    })
final class DrillAlertsCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Option(
      names = "--alerts",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many there are (default: ${DEFAULT-VALUE}).")
  int alerts;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often one is killed (default: ${DEFAULT-VALUE}).")
  int kills;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "An empty folder that keeps data and logs (default: one that is deleted after it).")
  @Nullable Path folder;

  @Override
  public ExitStatus call() throws IOException, InterruptedException {
    if (alerts < 1 || kills < 1) {
      throw new ParameterException(
          spec.commandLine(), "needs an alert and a kill, got %d and %d".formatted(alerts, kills));
    }
    Path kept = folder;
    if (kept != null) {
      return run(kept);
    }
    Path temporary = Files.createTempDirectory("assay-drill");
    try {
      return run(temporary);
    } finally {
      TemporaryFolder.delete(temporary);
    }
  }

  private ExitStatus run(Path data) throws IOException, InterruptedException {
    AlertsReport report;
    try {
      report = AlertsDrill.run(data, alerts, kills, this::tell);
    } catch (IllegalStateException stuck) {
      throw CommandFailure.couldNotRun(String.valueOf(stuck.getMessage()), stuck);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d alerts, %,d kills, %,d changes, %.0f s%n",
        report.alerts(),
        report.kills(),
        report.changes(),
        report.took().toMillis() / 1000.0);
    out.printf(
        Locale.ROOT,
        "%,d in the history, %,d notices, %,d deliveries of which %,d were superseded%n",
        report.transitions(),
        report.notices(),
        report.deliveries(),
        report.superseded());
    out.printf(
        Locale.ROOT,
        "%,d requests reached the receiver, which turned down one in ten; %,d deliveries came"
            + " again, under the same id%n",
        report.attempts(),
        report.again());
    out.printf(
        Locale.ROOT,
        "taken over %,d times; after a kill all changes were seen within %.1f s%n",
        report.takeovers(),
        report.longest().toMillis() / 1000.0);
    if (report.passed()) {
      out.println("nothing lost, nothing doubled: each change is in the history and was told once");
    } else {
      report.found().forEach(out::println);
    }
    out.flush();
    return report.passed() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private void tell(String progress) {
    spec.commandLine().getErr().println("assay: " + progress);
    spec.commandLine().getErr().flush();
  }
}
