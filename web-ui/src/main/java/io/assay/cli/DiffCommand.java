package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.RuleDifference;
import io.assay.assertion.scenario.RuleDifference.Side;
import io.assay.assertion.scenario.ViolationDifference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a change of rules changes: the same recorded events, judged by both versions. */
@Command(
    name = "diff",
    description =
        "Judges the same recorded events by two versions of rules, and tells what differs.")
final class DiffCommand implements Callable<ExitStatus> {
  private static final String PROJECT = "default";

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "OLD NEW",
      arity = "0..2",
      description = "Two rule files, or two folders of them.")
  List<Path> rules = new ArrayList<>();

  @Option(
      names = "--events",
      required = true,
      arity = "1..*",
      paramLabel = "[STREAM=]FILE",
      description =
          "Events, one JSON object a line. STREAM may be left out where the rules declare one.")
  List<String> events = new ArrayList<>();

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many violations to tell of each difference (default: ${DEFAULT-VALUE}).")
  int examples = 3;

  @Option(
      names = "--fail-on-change",
      description = "Exit status 1 if a violation is in one version only, or nothing was judged.")
  boolean failOnChange;

  @Override
  public ExitStatus call() {
    Replay.takeRules(events, rules);
    Replay.needsFile("--events", events, spec.commandLine());
    if (rules.size() != 2) {
      String message = "needs two versions of rules, OLD and NEW, got " + rules.size();
      throw new ParameterException(spec.commandLine(), message);
    }
    if (events.stream().anyMatch(DiffCommand::isStandardInput)) {
      throw CommandFailure.wrongUse("diff reads events more than once, so they must be files");
    }
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> old = RuleFiles.compile(List.of(rules.get(0)), params.overrides, err);
    Optional<CheckedRules> now = RuleFiles.compile(List.of(rules.get(1)), params.overrides, err);
    return old.isPresent() && now.isPresent()
        ? compare(old.get(), now.get())
        : ExitStatus.CHECK_FAILED;
  }

  private static boolean isStandardInput(String argument) {
    return argument.equals(EventFiles.STANDARD_INPUT)
        || argument.endsWith("=" + EventFiles.STANDARD_INPUT);
  }

  private ExitStatus compare(CheckedRules old, CheckedRules now) {
    var violations = new ViolationDifference();
    var onlyOld = new FoundViolations(examples);
    var onlyNew = new FoundViolations(examples);
    List<String> oldEvents = EventFiles.without(events, now, old);
    List<String> newEvents = EventFiles.without(events, old, now);
    BacktestReport before = replay("old").run(old, oldEvents, PROJECT, violations::old);
    BacktestReport after =
        replay("new")
            .run(
                now,
                newEvents,
                PROJECT,
                violation -> {
                  if (violations.isNew(violation)) {
                    onlyNew.add(violation);
                  }
                });
    List<RuleDifference> differences =
        RuleDifference.of(new Side(old, before), new Side(now, after), violations);
    if (differences.stream().anyMatch(d -> d.onlyOld() > 0)) {
      findGone(old, oldEvents, violations, onlyOld);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> new DiffText(out, onlyOld, onlyNew).write(before, after, differences);
      case json -> DiffJson.write(differences, onlyOld, onlyNew, out);
    }
    out.flush();
    return failOnChange && !isUnchanged(before, after, differences)
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.WELL;
  }

  private Replay replay(String label) {
    return new Replay(spec.commandLine().getErr(), label);
  }

  /** Sentences of old violations are not kept while nobody knows which will be missed. */
  private void findGone(
      CheckedRules old,
      List<String> oldEvents,
      ViolationDifference violations,
      FoundViolations gone) {
    new Replay(new PrintWriter(java.io.Writer.nullWriter()), "")
        .run(
            old,
            oldEvents,
            PROJECT,
            violation -> {
              if (violations.isGone(violation)) {
                gone.add(violation);
              }
            });
  }

  private boolean isUnchanged(
      BacktestReport before, BacktestReport after, List<RuleDifference> differences) {
    PrintWriter err = spec.commandLine().getErr();
    if (before.events() == 0 || after.events() == 0) {
      err.println("assay: no event was judged, so the check did not pass");
      err.flush();
      return false;
    }
    return differences.stream().noneMatch(RuleDifference::judgesDifferently)
        && before.isWithoutErrors()
        && after.isWithoutErrors();
  }
}
