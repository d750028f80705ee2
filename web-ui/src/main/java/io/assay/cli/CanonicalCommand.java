package io.assay.cli;

import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a checked rule set as the JSON by which another process judges. */
@Command(
    name = "canonical",
    description = "Prints checked rules as one line of JSON: all that judging needs, with hashes.")
final class CanonicalCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RULES", arity = "1..*", description = "Rule files, or folders of them.")
  List<Path> rules = List.of();

  @Mixin ParamOptions params = new ParamOptions();

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<CheckedRules> checked =
        RuleFiles.compile(rules, params.overrides, spec.commandLine().getErr());
    checked.map(CanonicalRules::write).ifPresent(out::println);
    out.flush();
    return checked.isPresent() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }
}
