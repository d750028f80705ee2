package io.assay.cli;

import io.assay.assertion.explain.ExplanationText;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.IssuePage;
import io.assay.cli.RuleSets.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what an assertion checks, reads, keeps and costs; or what the code of a message means. */
@Command(
    name = "explain",
    description = {
      "Says what an assertion checks, the fields it reads, the state it keeps and what it costs.",
      "Without a name it lists the assertions; with a code, as in A0202, it explains a message."
    })
final class ExplainCommand implements Callable<ExitStatus> {
  private static final String CODE = "[aA]\\d{4}";

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "RULE|CODE|RULES",
      arity = "1..*",
      description = "The name of an assertion and its rule files or folders; or a code.")
  List<String> words = List.of();

  @Mixin ParamOptions params = new ParamOptions();

  @Mixin LoadOptions load = new LoadOptions();

  @Mixin FormatOption answer = new FormatOption();

  @Override
  public ExitStatus call() {
    String first = words.getFirst();
    if (words.size() == 1 && first.matches(CODE)) {
      out().print(IssuePage.of(code(first)).text());
      out().flush();
      return ExitStatus.WELL;
    }
    if (isRules(first)) {
      return explain(Optional.empty(), words);
    }
    if (words.size() == 1) {
      throw CommandFailure.wrongUse(
          "explain takes the code of a message, as in A0202, or an assertion and its rules, as in"
              + " explain %s rules.assay; got '%s' alone".formatted(first, first));
    }
    return explain(Optional.of(first), words.subList(1, words.size()));
  }

  /** The name of a rule has no dot and no slash; a folder may have its name. */
  private boolean isRules(String word) {
    boolean path = word.indexOf('.') >= 0 || word.indexOf('/') >= 0;
    return path || (words.size() == 1 && Files.exists(Path.of(word)));
  }

  private ExitStatus explain(Optional<String> name, List<String> rules) {
    List<RuleSet> sets =
        RuleSets.of(RuleFiles.sources(rules.stream().map(Path::of).toList()), params.overrides);
    Optional<RuleExplanations> explanations =
        RuleExplanations.of(sets, spec.commandLine().getErr());
    explanations.ifPresent(known -> print(known, name));
    return explanations.isPresent() ? ExitStatus.WELL : ExitStatus.CHECK_FAILED;
  }

  private void print(RuleExplanations known, Optional<String> name) {
    switch (answer.format) {
      case json ->
          ExplanationJson.write(
              name.map(n -> known.named(n, load.load())).orElseGet(() -> known.all(load.load())),
              out());
      case text -> {
        if (name.isEmpty()) {
          known.list(out());
        } else {
          out()
              .print(
                  known.named(name.get(), load.load()).stream()
                      .map(ExplanationText::of)
                      .collect(Collectors.joining("\n")));
        }
      }
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static IssueCode code(String what) {
    return IssueCode.of(what)
        .orElseThrow(
            () ->
                CommandFailure.wrongUse(
                    "no message has the code %s; did you mean %s?"
                        .formatted(what.toUpperCase(Locale.ROOT), nearest(what))));
  }

  /** The code with the nearest number, which is mostly of the same family. */
  private static String nearest(String what) {
    int wanted = number(what);
    return Arrays.stream(IssueCode.values())
        .map(IssueCode::code)
        .min(Comparator.comparingInt(code -> Math.abs(number(code) - wanted)))
        .orElseThrow();
  }

  private static int number(String code) {
    return Integer.parseInt(code.substring(1));
  }
}
