package io.assay.cli;

import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.format.Formatted;
import io.assay.assertion.rule.format.RuleFormatter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives rule files their one layout. A file that cannot be read is left as it is. */
@Command(
    name = "fmt",
    description =
        "Lays out rule files the one way; comments stay, a file with errors is left alone.")
final class FormatCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RULES",
      arity = "1..*",
      description = "Rule files, folders of them, or '-': standard input to standard output.")
  List<Path> rules = List.of();

  @Option(
      names = "--check",
      description = "Change nothing; name the files that would change, with exit status 1.")
  boolean check;

  private final RuleFormatter formatter = new RuleFormatter();
  private ExitStatus status = ExitStatus.WELL;

  @Override
  public ExitStatus call() {
    for (Path path : rules) {
      if (path.equals(RuleFiles.STANDARD_INPUT)) {
        standardInput();
      } else {
        RuleFiles.files(path).forEach(this::file);
      }
    }
    spec.commandLine().getOut().flush();
    return status;
  }

  private void standardInput() {
    SourceFile source = RuleFiles.standardInput();
    Formatted formatted = format(source);
    if (formatted.issues().isEmpty()) {
      if (!check) {
        out().print(formatted.text());
      } else if (!formatted.text().equals(source.text())) {
        differs(source);
      }
    }
  }

  private void file(Path file) {
    var source = new SourceFile(file.toString(), RuleFiles.text(file));
    Formatted formatted = format(source);
    if (formatted.text().equals(source.text())) {
      return;
    }
    if (check) {
      differs(source);
    } else {
      RuleFiles.replace(file, formatted.text());
      out().println(file);
    }
  }

  private Formatted format(SourceFile source) {
    Formatted formatted = formatter.format(source);
    if (!formatted.issues().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.print(new IssueRenderer(List.of(source)).render(formatted.issues()));
      err.flush();
      status = ExitStatus.CHECK_FAILED;
    }
    return formatted;
  }

  private void differs(SourceFile source) {
    out().println(source.name());
    status = ExitStatus.CHECK_FAILED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
