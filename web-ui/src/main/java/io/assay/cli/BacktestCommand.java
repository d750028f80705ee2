package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.BacktestReport;
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

/** What rules would have said of recorded events: the live engine, without a broker. */
@Command(
    name = "backtest",
    description = "Judges recorded events (JSON Lines, also gzipped) as the live engine would.")
final class BacktestCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RULES",
      arity = "0..*",
      description = "Rule files, or folders of them; drafts are judged too.")
  List<Path> rules = new ArrayList<>();

  @Option(
      names = "--events",
      required = true,
      arity = "1..*",
      paramLabel = "[STREAM=]FILE",
      description =
          "Events, one JSON object a line; '-' is standard input. STREAM may be left out where the"
              + " rules declare one stream.")
  List<String> events = new ArrayList<>();

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Option(
      names = "--no-items",
      description = "Counts alone: no single violations, so that memory stays constant.")
  boolean noItems;

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

  @Override
  public ExitStatus call() {
    Replay.takeRules(events, rules);
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "needs a rule file, got none");
    }
    Replay.needsFile("--events", events, spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, params.overrides, err);
    return checked.map(compiled -> run(compiled, err)).orElse(ExitStatus.CHECK_FAILED);
  }

  private ExitStatus run(CheckedRules compiled, PrintWriter err) {
    int kept = noItems ? 0 : answer.format == Format.json ? Integer.MAX_VALUE : BacktestText.TOLD;
    var found = new FoundViolations(kept);
    BacktestReport report = new Replay(err, "").run(compiled, events, project, found::add);
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> BacktestText.write(report, found, out);
      case json -> BacktestJson.write(report, found, !noItems, out);
    }
    out.flush();
    return failOnViolation && !passes(report, err) ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
  }

  /** A gate does not open because nothing was looked at, or because a rule stopped looking. */
  private static boolean passes(BacktestReport report, PrintWriter err) {
    if (report.events() == 0) {
      err.println("assay: no event was judged, so the check did not pass");
      err.flush();
      return false;
    }
    return report.violations() == 0 && report.isWithoutErrors();
  }
}
