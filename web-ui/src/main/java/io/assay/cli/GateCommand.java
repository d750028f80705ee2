package io.assay.cli;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.RateGate;
import io.assay.assertion.scenario.RateGate.Checked;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The check before a model is shipped: its recording and the old one's, judged by the same rules.
 */
@Command(
    name = "gate",
    description =
        "Fails where a new model's output violates an assertion more often than an old one's.")
final class GateCommand implements Callable<ExitStatus> {
  private static final String PROJECT = "default";

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RULES", arity = "0..*", description = "Rule files, or folders of them.")
  List<Path> rules = new ArrayList<>();

  @Option(
      names = "--events",
      required = true,
      arity = "1..*",
      paramLabel = "[STREAM=]NEW",
      description = "What the new model said, one JSON object a line.")
  List<String> events = new ArrayList<>();

  @Option(
      names = "--against",
      required = true,
      arity = "1..*",
      paramLabel = "[STREAM=]OLD",
      description = "What the old model said.")
  List<String> against = new ArrayList<>();

  @Option(
      names = "--max",
      required = true,
      paramLabel = "NAME=+P%",
      description =
          "By how much an assertion's rate, and the frequency of its violations, may rise, relative"
              + " to the old; '*' is every assertion.")
  Map<String, String> max = new LinkedHashMap<>();

  @Option(
      names = "--from-zero",
      paramLabel = "P%",
      defaultValue = "0%",
      description = "What a rate that was 0 may become (default: ${DEFAULT-VALUE}).")
  String fromZero = "0%";

  @Option(
      names = "--at-least",
      paramLabel = "N",
      defaultValue = "1",
      description = "The fewest judged units on either side (default: ${DEFAULT-VALUE}).")
  long atLeast = 1;

  @Option(
      names = "--max-undecided",
      paramLabel = "P%",
      defaultValue = "20%",
      description =
          "The largest share of undecided units on either side (default: ${DEFAULT-VALUE}).")
  String maxUndecided = "20%";

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Mixin JUnitOption junit = new JUnitOption();

  @Override
  public ExitStatus call() {
    Replay.takeRules(events, rules);
    Replay.takeRules(against, rules);
    Replay.needsFile("--events", events, spec.commandLine());
    Replay.needsFile("--against", against, spec.commandLine());
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "needs a rule file, got none");
    }
    if (atLeast < 1) {
      String message = "--at-least needs 1 or more, got " + atLeast;
      throw new ParameterException(spec.commandLine(), message);
    }
    Limits limits = Limits.parse(max);
    BigDecimal zero = Limits.percent("--from-zero", fromZero);
    BigDecimal undecided = Limits.percent("--max-undecided", maxUndecided);
    PrintWriter err = spec.commandLine().getErr();
    Optional<CheckedRules> checked = RuleFiles.compile(rules, params.overrides, err);
    if (checked.isEmpty()) {
      junit.write(TestJUnit.ofBrokenRules());
      return ExitStatus.CHECK_FAILED;
    }
    List<String> all = new ArrayList<>(events);
    all.addAll(against);
    Map<String, BigDecimal> named =
        limits.resolve(checked.get(), EventFiles.streams(checked.get(), all));
    return check(checked.get(), new RateGate(named, zero, atLeast, undecided));
  }

  private ExitStatus check(CheckedRules checked, RateGate gate) {
    PrintWriter err = spec.commandLine().getErr();
    BacktestReport before = new Replay(err, "before").run(checked, against, PROJECT, v -> {});
    BacktestReport after = new Replay(err, "after").run(checked, events, PROJECT, v -> {});
    List<Checked> results = gate.check(before, after);
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> GateText.write(results, out);
      case json -> GateJson.write(results, out);
    }
    out.flush();
    junit.write(List.of(GateText.suite(results)));
    return results.stream().allMatch(Checked::passes) ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }
}
