package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Reads rules and says all that is wrong with them. Its answer are the issues, so they go to
 * standard output.
 */
@Command(
    name = "check",
    description = "Checks rules against their streams; prints every mistake with its place.")
final class CheckCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RULES", arity = "1..*", description = "Rule files, or folders of them.")
  List<Path> rules = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a 'param' of the rules.")
  Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, overrides, out);
    checked.ifPresent(
        found ->
            out.println(
                "%s, %s, %s: no errors"
                    .formatted(
                        count(found.streams().size(), "stream"),
                        count(found.assertions().size(), "assertion"),
                        count(found.tests().size(), "test"))));
    out.flush();
    return checked.isPresent() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
