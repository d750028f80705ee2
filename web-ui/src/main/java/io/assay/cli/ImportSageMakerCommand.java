package io.assay.cli;

import io.assay.imports.LineIssues;
import io.assay.imports.PredictionLines;
import io.assay.stream.serving.SageMakerCapture;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Files of SageMaker's data capture. */
@Command(
    name = "sagemaker",
    description = "Prints what SageMaker's data capture wrote as events, one for each row.")
final class ImportSageMakerCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Captures, gzip or not.")
  List<Path> files = List.of();

  @Option(names = "--per-request", description = "One event for each request, with all its rows.")
  boolean perRequest;

  @Override
  public ExitStatus call() {
    var lines = new PredictionLines(files, line -> SageMakerCapture.eventsOf(line, !perRequest));
    var issues = new LineIssues();
    lines.check(issues);
    if (issues.count() > 0) {
      return BadLines.refuse(issues, "nothing printed", spec.commandLine().getErr());
    }
    lines.print(spec.commandLine().getOut());
    return ExitStatus.WELL;
  }
}
