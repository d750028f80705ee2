package io.assay.cli;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.Learned;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.UsualFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.UsualLearning;
import io.assay.assertion.scenario.UsualLearning.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes, beside each file of rules, what was usual of what its severities ask after. */
@Command(
    name = "usual",
    description = {
      "Learns from past events what is usual for each unusual(x) in a severity.",
      "Writes NAME.usual.json beside NAME.assay: a part of the rules, to be committed with them."
    })
final class LearnUsualCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "RULES", arity = "0..*", description = "Rule files, or folders of them.")
  List<Path> rules = new ArrayList<>();

  @Mixin PastOptions from = new PastOptions();

  @Mixin RangeOptions range = new RangeOptions();

  @Mixin ParamOptions params = new ParamOptions();

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose archive it is (default: ${DEFAULT-VALUE}).")
  String project = "default";

  @Override
  public ExitStatus call() {
    from.takeRules(rules);
    if (rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "needs a rule file, got none");
    }
    from.needsOne(spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    List<SourceFile> sources = RuleFiles.sources(rules);
    Compilation compilation = new RuleCompiler().compileToLearn(sources, params.overrides);
    err.print(new IssueRenderer(sources).render(compilation.issues()));
    err.flush();
    return compilation.rules().map(this::learn).orElse(ExitStatus.CHECK_FAILED);
  }

  private ExitStatus learn(CheckedRules checked) {
    PrintWriter err = spec.commandLine().getErr();
    var learning = new UsualLearning(checked);
    for (String name : learning.pending()) {
      err.println("assay: '" + name + "' is not evaluated yet in this version; nothing is learned");
    }
    if (!learning.isAsked()) {
      throw CommandFailure.checkFailed("no severity asks unusual(x), so there is nothing to learn");
    }
    Extent extent = range.extent(1, spec.commandLine());
    Map<String, String> provenance;
    try (PastEvents past = from.open(checked, project, extent, spec.commandLine())) {
      provenance = new Replay(err, "").learn(learning, past, project, extent);
    }
    return write(learning.results(), provenance);
  }

  private ExitStatus write(List<Result> results, Map<String, String> provenance) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<Result>> byFile =
        results.stream()
            .collect(Collectors.groupingBy(Result::file, LinkedHashMap::new, Collectors.toList()));
    boolean all = true;
    for (Map.Entry<String, List<Result>> file : byFile.entrySet()) {
      List<Learned> learned =
          Objects.requireNonNull(file.getValue()).stream()
              .flatMap(r -> r.learned().stream())
              .toList();
      file.getValue().forEach(result -> out.println(told(result)));
      all &= learned.size() == file.getValue().size();
      if (!learned.isEmpty()) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("rules", String.valueOf(Path.of(file.getKey()).getFileName()));
        told.put("learnedFrom", from.toString());
        told.putAll(provenance);
        Path target = Path.of(UsualFile.nameFor(file.getKey()));
        RuleFiles.write(target, new UsualFile(told, learned).text());
        out.println("written to " + target);
      }
    }
    out.flush();
    return all ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private static String told(Result result) {
    String site = "%s: unusual(%s)".formatted(result.assertion(), result.expression());
    return result
        .learned()
        .map(
            l ->
                "%s: %,d values, 1 %% below %s, half below %s, 1 %% above %s"
                    .formatted(
                        site,
                        l.count(),
                        number(l.percentiles().getFirst()),
                        number(l.percentiles().get(49)),
                        number(l.percentiles().getLast())))
        .orElse(
            "%s: %,d values, too few to learn from (%d needed)"
                .formatted(site, result.count(), Learned.FEWEST));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** RFC 3339. */
  static String time(long nanos) {
    return Instant.ofEpochSecond(0, nanos).toString();
  }
}
