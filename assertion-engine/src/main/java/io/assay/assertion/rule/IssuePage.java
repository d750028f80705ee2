package io.assay.assertion.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * What there is to know of one code: what it means, rules that are wrong in this way, what is said
 * of them, and the rules mended.
 *
 * <p>The message is not written down but given: a page cannot say what the checker does not.
 */
public final class IssuePage {
  private static final Pattern FORM =
      Pattern.compile(
          """
          (.*?)\\n+---- wrong(?: --set (\\S+))?(?: --times (\\d+))?( --learned)?
          (.*?)---- mended(?: --set (\\S+))?
          (.*)\
          """,
          Pattern.DOTALL);

  private final IssueCode code;
  private final String explanation;
  private final Example wrong;
  private final Example mended;

  private IssuePage(IssueCode code, Matcher form) {
    this.code = code;
    this.explanation = form.group(1);
    this.wrong =
        new Example(
            form.group(5),
            Optional.ofNullable(form.group(2)),
            Optional.ofNullable(form.group(3)).map(Integer::valueOf).orElse(1),
            form.group(4) != null);
    this.mended = new Example(form.group(7), Optional.ofNullable(form.group(6)), 1, false);
  }

  /**
   * Rules, the parameter that they are given from outside, and how often they are repeated.
   *
   * @param learned whether something was learned for them, before they were changed
   */
  private record Example(String rules, Optional<String> setting, int times, boolean learned) {
    SourceFile source() {
      var source = new SourceFile("rules.assay", rules.repeat(times));
      return learned
          ? new SourceFile(source.name(), source.text(), Optional.of(before(source)))
          : source;
    }

    private static String before(SourceFile source) {
      List<Double> percentiles =
          DoubleStream.iterate(0.01, p -> p + 0.01).limit(99).boxed().toList();
      List<Learned> learned =
          new RuleCompiler()
              .compileToLearn(List.of(source), Map.of()).rules().stream()
                  .flatMap(rules -> rules.all().stream())
                  .flatMap(assertion -> Unusual.sites(assertion).stream())
                  .map(
                      site ->
                          new Learned(
                              site.assertion(), "", site.of(), "", 100, 0, 1, 0, 0, percentiles))
                  .toList();
      return new UsualFile(Map.of(), learned).text();
    }

    List<Issue> issues() {
      Map<String, String> settings =
          setting.map(s -> s.split("=", 2)).map(s -> Map.of(s[0], s[1])).orElse(Map.of());
      return new RuleCompiler().compile(List.of(source()), settings).issues();
    }

    String shown(String language) {
      String given = setting.map("\nwith `--set %s`:\n"::formatted).orElse("");
      String often = times == 1 ? "" : "\nrepeated %d times:\n".formatted(times);
      String usual = learned ? "\nwith a `rules.usual.json` that is older:\n" : "";
      return given + often + usual + "\n```" + language + "\n" + rules + "```\n";
    }
  }

  public static IssuePage of(IssueCode code) {
    String text = read(code);
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalStateException("the page of " + code.code() + " is not in its form");
    }
    return new IssuePage(code, form);
  }

  private static String read(IssueCode code) {
    String name = "messages/" + code.code() + ".md";
    try (InputStream in = IssuePage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no page for " + code.code() + ": write " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Issue> wrongIssues() {
    return wrong.issues();
  }

  List<Issue> mendedIssues() {
    return mended.issues();
  }

  /** In Markdown, which reads well in a terminal too. */
  public String text() {
    String message =
        new IssueRenderer(List.of(wrong.source()))
            .render(wrong.issues())
            .indent(4)
            .lines()
            .map(String::stripTrailing)
            .collect(java.util.stream.Collectors.joining("\n"));
    return "# %s\n\n".formatted(code.code())
        + "**%s** %s\n\n%s\n\n".formatted(capital(code.severity()), code.meaning(), explanation)
        + "## Wrong\n"
        + wrong.shown("text")
        + "\n"
        + message
        + "\n\n## Mended\n"
        + mended.shown("assay");
  }

  private static String capital(IssueCode.Severity severity) {
    return switch (severity) {
      case ERROR -> "Error.";
      case WARNING -> "Warning.";
    };
  }
}
