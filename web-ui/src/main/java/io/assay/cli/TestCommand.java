package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.RuleTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin ParamOptions params = new ParamOptions();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Runs only tests with TEXT in their assertion's name or their title.")
  String filter = "";

  @Option(
      names = "--fail-on-pending",
      description = "Exit status 1 if a test is pending: of a kind that is not judged yet.")
  boolean failOnPending;

  @Mixin FormatOption answer = new FormatOption();

  @Mixin JUnitOption junit = new JUnitOption();

  @Override
  public ExitStatus call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<List<CheckedRules>> checked = RuleSets.checked(rules, params.overrides, err);
    if (checked.isEmpty()) {
      junit.write(TestJUnit.ofBrokenRules());
      return ExitStatus.CHECK_FAILED;
    }
    List<TestRun> runs = run(checked.get());
    junit.write(TestJUnit.of(runs));
    if (runs.isEmpty() && !filter.isEmpty()) {
      err.println("assay: no test has '" + filter + "' in its name");
      err.flush();
      return ExitStatus.CHECK_FAILED;
    }
    boolean failed =
        runs.stream().anyMatch(run -> run.hasFailed() || (failOnPending && run.isPending()));
    return failed ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
  }

  private boolean isChosen(CheckedTest test) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return TestRun.name(test).toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** Text is told test by test, as they end. */
  private List<TestRun> run(List<CheckedRules> sets) {
    PrintWriter out = spec.commandLine().getOut();
    var text = new TestText(out);
    List<TestRun> runs = new ArrayList<>();
    for (CheckedRules set : sets) {
      var tests = new RuleTests(set, RuleFiles::beside, new MeasuredReleases());
      for (CheckedTest test : set.tests().stream().filter(this::isChosen).toList()) {
        long start = System.nanoTime();
        Outcome outcome = tests.run(test);
        var run = new TestRun(test, outcome, System.nanoTime() - start);
        runs.add(run);
        if (answer.format == Format.text) {
          text.print(run);
        }
      }
    }
    switch (answer.format) {
      case text -> text.end(runs);
      case json -> TestJson.write(runs, out);
    }
    out.flush();
    return runs;
  }
}
