package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
  private static final String RULE_SUFFIX = ".assay";

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

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a 'param' of the rules.")
  Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Format format = Format.text;

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
    sortOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, overrides, err);
    return checked.map(compiled -> run(compiled, err)).orElse(ExitStatus.CHECK_FAILED);
  }

  /** {@code --events a.jsonl rules.assay}: what ends like a rule file is one. */
  private void sortOut() {
    events.stream().filter(e -> e.endsWith(RULE_SUFFIX)).map(Path::of).forEach(rules::add);
    events.removeIf(e -> e.endsWith(RULE_SUFFIX));
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "needs a rule file, got none");
    }
    if (events.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--events needs a file, got none");
    }
  }

  private ExitStatus run(CheckedRules compiled, PrintWriter err) {
    var bar = new ProgressBar(err);
    try (EventFiles files = EventFiles.open(compiled, events)) {
      int kept = noItems ? 0 : format == Format.json ? Integer.MAX_VALUE : BacktestText.TOLD;
      var outcome = new BacktestOutcome(kept, err, bar, files);
      BacktestReport report = Backtest.run(compiled, project, files.recordings(), outcome);
      bar.close();
      warn(report, err);
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case text -> BacktestText.write(report, outcome, out);
        case json -> BacktestJson.write(report, outcome, !noItems, out);
      }
      out.flush();
      return failOnViolation && !passes(report, err) ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
    } finally {
      bar.close();
    }
  }

  /** A gate does not open because nothing was looked at, or because a rule stopped looking. */
  private static boolean passes(BacktestReport report, PrintWriter err) {
    if (report.events() == 0) {
      err.println("assay: no event was judged, so the check did not pass");
      err.flush();
      return false;
    }
    return report.violations() == 0
        && report.assertions().stream().allMatch(result -> result.error().isEmpty());
  }

  /** What was not judged is never passed over in silence. */
  private static void warn(BacktestReport report, PrintWriter err) {
    warn(report.unreadable(), "could not be read", "line", err);
    warn(report.late(), "came too late and changed no verdict", "event", err);
    warn(report.future(), "came from the future and changed no verdict", "event", err);
    warn(report.duplicates(), "seen before and left out", "event", err);
    for (BacktestReport.AssertionResult result : report.assertions()) {
      result
          .error()
          .ifPresent(
              error -> err.println("assay: '" + result.name() + "' stopped judging: " + error));
    }
    err.flush();
  }

  private static void warn(long count, String what, String unit, PrintWriter err) {
    if (count > 0) {
      err.println("assay: %,d %s %s".formatted(count, count == 1 ? unit : unit + "s", what));
    }
  }
}
