package io.assay.cli;

import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.RuleTests;
import io.assay.assertion.scenario.TestResult;
import io.assay.assertion.scenario.TestResult.Difference;
import io.assay.assertion.scenario.TestResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** Runs the tests that stand beside rules. */
@Command(name = "test", description = "Runs the tests that stand in the rule files.")
final class TestCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RULES", arity = "1..*", description = "Rule files, or folders of them.")
  List<Path> rules;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a 'param' of the rules.")
  Map<String, String> overrides = new LinkedHashMap<>();

  private long passed;
  private long failed;
  private long pending;

  @Override
  public ExitStatus call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, overrides, err);
    if (checked.isEmpty()) {
      return ExitStatus.CHECK_FAILED;
    }
    PrintWriter out = spec.commandLine().getOut();
    String file = "";
    for (TestResult result : RuleTests.run(checked.get(), TestCommand::open)) {
      String source = result.test().span().source();
      if (!source.equals(file)) {
        out.println(source);
        file = source;
      }
      print(result, out);
    }
    out.println(
        "%d passed, %d failed%s"
            .formatted(passed, failed, pending == 0 ? "" : ", " + pending + " pending"));
    out.flush();
    return failed == 0 ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private static InputStream open(String ruleFile, String name) throws IOException {
    return Files.newInputStream(Path.of(ruleFile).resolveSibling(name));
  }

  private void print(TestResult result, PrintWriter out) {
    String name = "%s \"%s\"".formatted(result.test().assertion(), result.test().title());
    switch (result.outcome()) {
      case Outcome.Passed ignored -> {
        passed++;
        out.println("  passed   " + name);
      }
      case Outcome.Pending why -> {
        pending++;
        out.println("  pending  " + name + ": " + why.reason());
      }
      case Outcome.Failed why -> {
        failed++;
        out.println("  FAILED   " + name);
        why.differences().forEach(difference -> print(difference, out));
      }
    }
  }

  private static void print(Difference difference, PrintWriter out) {
    Span span = difference.span();
    out.println("           %s:%d:%d".formatted(span.source(), span.line(), span.column()));
    out.println("             expected " + difference.expected());
    out.println("             came     " + difference.came());
  }
}
