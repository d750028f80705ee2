package io.assay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is told of judging a file, and what a violation means for whoever called. */
final class JudgedOptions {
  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many violations to tell of each assertion; JSON has all (default:"
              + " ${DEFAULT-VALUE}).")
  int examples = 3;

  @Option(
      names = "--fail-on-violation",
      description = "Exit status 1 if there is a violation, or nothing was judged.")
  boolean failOnViolation;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The project, which violation ids depend on (default: ${DEFAULT-VALUE}).")
  String project = "default";

  /** Refuses what cannot be. */
  void check(CommandLine line) {
    if (examples < 0) {
      throw new ParameterException(line, "--examples needs 0 or more, got " + examples);
    }
  }
}
