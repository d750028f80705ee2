package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
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
    description = "Judges events of files, of topics or of the archive as the live engine would.")
final class BacktestCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RULES",
      arity = "0..*",
      description = "Rule files, or folders of them; drafts are judged too.")
  List<Path> rules = new ArrayList<>();

  @Mixin PastOptions from = new PastOptions();

  @Mixin RangeOptions range = new RangeOptions();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Divides the keys among N threads; the answer is the same (default: ${DEFAULT-VALUE}).")
  int jobs = 1;

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Mixin JudgedOptions judged = new JudgedOptions();

  @Option(
      names = "--no-items",
      description = "Counts alone: no single violations, so that memory stays constant.")
  boolean noItems;

  @Override
  public ExitStatus call() {
    from.takeRules(rules);
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "needs a rule file, got none");
    }
    judged.check(spec.commandLine());
    from.needsOne(spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, params.overrides, err);
    return checked.map(compiled -> run(compiled, err)).orElse(ExitStatus.CHECK_FAILED);
  }

  private ExitStatus run(CheckedRules compiled, PrintWriter err) {
    int kept = noItems ? 0 : answer.format == Format.json ? Integer.MAX_VALUE : judged.examples;
    var found = new FoundViolations(kept);
    var causes = new SchemaCauses(noItems ? 0 : judged.examples);
    Extent extent = range.extent(jobs, spec.commandLine());
    if (range.narrows() && !compiled.declared().embeddings().isEmpty()) {
      err.println(
          "assay: releases of embeddings are judged whole; --from, --to and --key do not narrow"
              + " them");
    }
    BacktestReport report;
    try (PastEvents past = from.open(compiled, judged.project, extent, spec.commandLine())) {
      report =
          new Replay(err, "")
              .run(
                  compiled,
                  past,
                  judged.project,
                  extent,
                  v -> {
                    found.add(v);
                    causes.add(v);
                  });
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> BacktestText.write(report, found, causes, out);
      case json -> BacktestJson.write(report, found, !noItems, out);
    }
    out.flush();
    if (!judged.failOnViolation && report.events() == 0 && report.unreadable() > 0) {
      throw CommandFailure.couldNotRun("no event could be read, so nothing was judged");
    }
    return judged.failOnViolation && !passes(report, err)
        ? ExitStatus.CHECK_FAILED
        : ExitStatus.WELL;
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
