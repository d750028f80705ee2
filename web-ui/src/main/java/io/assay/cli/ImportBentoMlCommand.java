package io.assay.cli;

import io.assay.imports.LineIssues;
import io.assay.imports.PredictionLines;
import io.assay.stream.serving.BentoLines;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The monitor's log of BentoML. */
@Command(name = "bentoml", description = "Prints the lines of BentoML's monitor as events.")
final class ImportBentoMlCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Logs, gzip or not.")
  List<Path> files = List.of();

  @Override
  public ExitStatus call() {
    var lines = new PredictionLines(files, line -> List.of(BentoLines.eventOf(line)));
    var issues = new LineIssues();
    lines.check(issues);
    if (issues.count() > 0) {
      return BadLines.refuse(issues, "nothing printed", spec.commandLine().getErr());
    }
    lines.print(spec.commandLine().getOut());
    return ExitStatus.WELL;
  }
}
