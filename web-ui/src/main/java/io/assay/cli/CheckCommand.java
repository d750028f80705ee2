package io.assay.cli;

import io.assay.assertion.rule.SourceFile;
import io.assay.cli.RuleSets.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Parameters(
      paramLabel = "RULES",
      arity = "1..*",
      description = "Rule files, folders of them, or '-': standard input.")
  List<Path> rules = List.of();

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    List<RuleSet> sets = RuleSets.of(sources(), params.overrides);
    if (sets.size() > 1) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(RuleSets.APART.formatted(sets.size()));
      err.flush();
    }
    switch (answer.format) {
      case text -> CheckText.write(sets, out);
      case json -> CheckJson.write(sets, out);
    }
    out.flush();
    boolean well = sets.stream().allMatch(set -> set.compilation().rules().isPresent());
    return well ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private List<SourceFile> sources() {
    List<Path> files = rules.stream().filter(f -> !f.equals(RuleFiles.STANDARD_INPUT)).toList();
    List<SourceFile> sources = new ArrayList<>(RuleFiles.sources(files));
    if (files.size() < rules.size()) {
      sources.add(RuleFiles.standardInput());
    }
    return sources;
  }
}
