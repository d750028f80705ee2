package io.assay.cli;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Labels;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.imports.FrameClock;
import io.assay.imports.LabelFields;
import io.assay.imports.LabelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What rules say of labels that people gave: the same engine that judges models. */
@Command(
    name = "judge-labels",
    description =
        "Judges boxes that people drew, from a file of COCO, Label Studio or CVAT, by the"
            + " assertions 'on labels'.")
final class JudgeLabelsCommand implements Callable<ExitStatus> {
  private static final int SHOWN_PROBLEMS = 20;

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RULES… FILE",
      arity = "2..*",
      description = "Rule files, or folders of them; the labels come last.")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--as",
      paramLabel = "STREAM",
      description = "Judges by the assertions on this stream instead, as if a model had said it.")
  @Nullable String as;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Frames a second, for the event times (default: ${DEFAULT-VALUE}).")
  double fps;

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description =
          "The key of images that are in no video and no folder (default: the file's name without"
              + " its extension).")
  @Nullable String key;

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Mixin JudgedOptions judged = new JudgedOptions();

  @Override
  public ExitStatus call() {
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new ParameterException(spec.commandLine(), "--fps needs a number above 0, got " + fps);
    }
    judged.check(spec.commandLine());
    PrintWriter err = spec.commandLine().getErr();
    List<Path> rules = paths.subList(0, paths.size() - 1);
    // That they do not run live says nothing here.
    Optional<CheckedRules> checked =
        RuleFiles.compile(rules, params.overrides, issue -> issue.code() != IssueCode.NOT_YET, err);
    return checked.map(compiled -> judge(compiled, err)).orElse(ExitStatus.CHECK_FAILED);
  }

  private ExitStatus judge(CheckedRules compiled, PrintWriter err) {
    CheckedRules rules = as == null ? onLabels(compiled, err) : asStream(compiled, as, err);
    StreamType stream = rules.streams().getFirst();
    LabelFields fields =
        LabelFields.of(stream)
            .orElseThrow(
                () ->
                    CommandFailure.couldNotRun(
                        "boxes need a list with a rect; '%s' has none".formatted(stream.name())));
    Path file = paths.getLast();
    LabelFile labels = LabelFile.read(file, stream.size());
    if (!labels.problems().isEmpty()) {
      return refuse(file, labels.problems(), err);
    }
    if (labels.leftOut() > 0) {
      err.println(
          "assay: %s: regions that are no boxes, left out: %,d".formatted(file, labels.leftOut()));
    }
    var found =
        new FoundViolations(answer.format == Format.json ? Integer.MAX_VALUE : judged.examples);
    var causes = new SchemaCauses(judged.examples);
    var clock = new FrameClock(0, fps);
    String name = String.valueOf(file.getFileName());
    var events =
        new LabelEvents(
            stream, fields, labels.frames(), name, key == null ? stem(name) : key, clock);
    BacktestReport report =
        new Replay(err, "")
            .run(
                rules,
                events,
                judged.project,
                Extent.ALL,
                violation -> {
                  found.add(violation);
                  causes.add(violation);
                });
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> BacktestText.write(report, found, causes, out);
      case json -> BacktestJson.write(report, found, true, out);
    }
    out.flush();
    boolean passed = report.violations() == 0 && report.events() > 0 && report.isWithoutErrors();
    return judged.failOnViolation && !passed ? ExitStatus.CHECK_FAILED : ExitStatus.WELL;
  }

  /** Those on labels; a stream of one's own of that name is as good. */
  private static CheckedRules onLabels(CheckedRules compiled, PrintWriter err) {
    CheckedRules all = compiled.withLabels();
    return all.stream(Labels.NAME)
        .filter(labels -> !all.on(labels).isEmpty())
        .map(labels -> alone(all, labels, err))
        .orElseThrow(
            () ->
                CommandFailure.wrongUse(
                    "no assertion is 'on labels'; --as STREAM judges labels by those of a stream: "
                        + NamedStream.names(compiled)));
  }

  private static CheckedRules asStream(CheckedRules compiled, String name, PrintWriter err) {
    return compiled.stream(name)
        .map(stream -> alone(compiled, stream, err))
        .orElseThrow(
            () ->
                CommandFailure.wrongUse(
                    "no stream '%s'; the rules declare %s"
                        .formatted(name, NamedStream.names(compiled))));
  }

  /** Without what is joined to other streams or to the truth, and those that wait for that. */
  private static CheckedRules alone(CheckedRules rules, StreamType stream, PrintWriter err) {
    List<CheckedAssertion> on = rules.on(stream);
    Set<String> joined =
        on.stream()
            .filter(one -> one.context().join().isPresent() || !one.context().truths().isEmpty())
            .map(CheckedAssertion::name)
            .collect(Collectors.toSet());
    CheckedRules judged =
        new CheckedRules(List.of(Labels.asWritten(stream)), on, List.of(), rules.documentHash())
            .without(joined);
    List<String> left =
        on.stream()
            .filter(one -> !judged.assertions().contains(one))
            .map(CheckedAssertion::name)
            .toList();
    if (!left.isEmpty()) {
      err.println("assay: left out, since they need more than labels: " + String.join(", ", left));
    }
    return judged;
  }

  private static ExitStatus refuse(Path file, List<String> problems, PrintWriter err) {
    problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> err.println(file + ": " + problem));
    if (problems.size() > SHOWN_PROBLEMS) {
      err.println("… and " + (problems.size() - SHOWN_PROBLEMS) + " more");
    }
    err.println("assay: nothing judged, the file has problems: " + problems.size());
    return ExitStatus.COULD_NOT_RUN;
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
