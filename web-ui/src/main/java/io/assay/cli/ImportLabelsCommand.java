package io.assay.cli;

import io.assay.imports.LabelList;
import io.assay.imports.LineIssues;
import io.assay.imports.StepClock;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels at equal steps of time, one event each. */
@Command(
    name = "labels",
    description = "Prints a JSON list of labels, or a file with a label per line, as events.")
final class ImportLabelsCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A JSON list, or a label per line.")
  Path file;

  @Option(
      names = "--step",
      required = true,
      paramLabel = "D",
      converter = StepOption.class,
      description = "Time from one label to the next, such as 30s.")
  long step;

  @Option(
      names = "--series",
      paramLabel = "NAME",
      description = "The key of the events (default: the file's name without its extension).")
  @Nullable String series;

  @Option(
      names = "--start",
      paramLabel = "T",
      defaultValue = "0",
      converter = TimeOption.class,
      description =
          "Time of the first label: epoch milliseconds or RFC 3339 (default: ${DEFAULT-VALUE}).")
  long start;

  @Override
  public ExitStatus call() {
    var issues = new LineIssues();
    LabelList labels = LabelList.read(file, issues);
    if (issues.count() > 0) {
      return BadLines.refuse(issues, "nothing printed", spec.commandLine().getErr());
    }
    String key = series == null ? stem(file) : series;
    labels.writeEvents(key, new StepClock(start, step), spec.commandLine().getOut());
    return ExitStatus.WELL;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
