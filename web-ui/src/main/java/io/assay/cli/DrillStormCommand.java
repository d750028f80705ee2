package io.assay.cli;

import io.assay.drill.StormDrill;
import io.assay.drill.StormReport;
import io.assay.drill.StormSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a storm of violations is counted exactly, and drowns neither people nor disks. */
@Command(
    name = "storm",
    description = {
      "Sends events that all violate something, for minutes, and looks at the pages meanwhile;"
          + " then",
      "holds counts, groups of alerts, evidence, memory and latencies against what is promised.",
      "Needs 3 GB of memory, 5 GB of disk, and Linux."
    })
final class DrillStormCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Events a second (default: ${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "How long; 0.5 are thirty seconds (default: ${DEFAULT-VALUE}).")
  double minutes;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "An empty folder that keeps data and logs (default: one that is deleted after it).")
  @Nullable Path folder;

  @Override
  public ExitStatus call() throws IOException, InterruptedException {
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
    StormReport report;
    try {
      report = StormDrill.run(settings(data), this::tell);
    } catch (IllegalStateException stuck) {
      throw CommandFailure.couldNotRun(String.valueOf(stuck.getMessage()), stuck);
    }
    PrintWriter out = spec.commandLine().getOut();
    StormText.write(report, out);
    out.flush();
    return report.passed() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private StormSettings settings(Path data) {
    try {
      return new StormSettings(data, rate, Duration.ofMillis(Math.round(minutes * 60_000)));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void tell(String progress) {
    spec.commandLine().getErr().println("assay: " + progress);
    spec.commandLine().getErr().flush();
  }
}
