package io.assay.cli;

import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.IssuePage;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a message means: its page, as it stands in the reference. */
@Command(
    name = "explain",
    description = "Explains the code of a message, as in A0202, with an example and its mending.")
final class ExplainCommand implements Callable<ExitStatus> {
  private static final String CODE = "[aA]\\d{4}";

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "CODE", description = "The code of a message.")
  String what = "";

  @Override
  public ExitStatus call() {
    if (!what.matches(CODE)) {
      throw CommandFailure.wrongUse(
          "explain takes the code of a message, as in A0202, got '%s'".formatted(what));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(IssuePage.of(code()).text());
    out.flush();
    return ExitStatus.WELL;
  }

  private IssueCode code() {
    return IssueCode.of(what)
        .orElseThrow(
            () ->
                CommandFailure.wrongUse(
                    "no message has the code %s; did you mean %s?"
                        .formatted(what.toUpperCase(Locale.ROOT), nearest())));
  }

  /** The code with the nearest number, which is mostly of the same family. */
  private String nearest() {
    int wanted = number(what);
    return Arrays.stream(IssueCode.values())
        .map(IssueCode::code)
        .min(Comparator.comparingInt(code -> Math.abs(number(code) - wanted)))
        .orElseThrow();
  }

  private static int number(String code) {
    return Integer.parseInt(code.substring(1));
  }
}
