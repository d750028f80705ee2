package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.format.RuleFormatter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep and large texts give issues, in time that grows with their size and no faster. */
class LargeTextTest {
  private static final int MEGABYTE = 1_000_000;

  /** Four times what a slow machine needs; a quadratic step takes hundreds of seconds. */
  private static final double SECONDS_A_MEGABYTE = 6;

  private static final String ASSERTION =
      """
      stream s from topic "t" { key k string time at timestamp(millis) xs list { a string b int } }
      assertion a on s {
        expect \
      """;

  private static final Map<String, String> REPEATED =
      Map.ofEntries(
          Map.entry("open parentheses", "("),
          Map.entry("closing braces", "}"),
          Map.entry("one comment", "# comment "),
          Map.entry("Greek comments", "# λόγος\n"),
          Map.entry("one string", "param a = \"text "),
          Map.entry("a string of three quotes", "param a = \"\"\" text\n"),
          Map.entry("strange characters", "§"),
          Map.entry("one word", "a"),
          Map.entry("many words", "each "),
          Map.entry("one number", "1"),
          Map.entry("backticks", "`a"),
          Map.entry("white space", " \n"),
          Map.entry("equal parameters", "param p = 1 + 2\n"),
          Map.entry("equal tests", "test a \"x\" { given s every 1s a of { }\n seen \"11\" }\n"),
          Map.entry("errors in lines", "param = \n"),
          Map.entry("errors in one line", "param = "),
          Map.entry("open assertions", "assertion a on b {\n"),
          Map.entry("misspelt words", "assertoin a on b {\n sevrity 1\n}\n"));

  static Stream<String> repeated() {
    return REPEATED.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("repeated")
  void timeGrowsWithTheText(String what) {
    String piece = Objects.requireNonNull(REPEATED.get(what));
    measure(what, piece.repeat(MEGABYTE / piece.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" expect a == b\n", " expect sum(a) = b\n", " let x = xs.filter(b, b.a)\n"})
  void timeGrowsWithTheClausesOfOneAssertion(String clause) {
    measure(clause.strip(), ASSERTION + "true\n" + clause.repeat(MEGABYTE / clause.length()) + "}");
  }

  @Test
  void timeGrowsWithOneList() {
    measure("list", ASSERTION + "size([" + "1, a.b, ".repeat(MEGABYTE / 8) + "1]) > 2\n}");
  }

  @Test
  void timeGrowsWithOneSentence() {
    measure("sentence", ASSERTION + "true explain \"" + "{a} ".repeat(MEGABYTE / 4) + "\"\n}");
  }

  @Test
  void timeGrowsWithDifferentNames() {
    measure("parameters", numbered(i -> "param name%d = %d\n".formatted(i, i)));
    measure("unknown names", numbered(i -> "param name%d = nam%d\n".formatted(i, i)));
    measure(
        "lets", ASSERTION + "true\n" + numbered(i -> "let l%d = l%d\n".formatted(i + 1, i)) + "}");
  }

  @Test
  void manyRulesAreCheckedInTime() {
    String text =
        ManyRules.of(1300).stream()
            .map(file -> file.text().replace("language 1\n", ""))
            .collect(Collectors.joining());
    assertThat(measure("rules", text)).isEmpty();
  }

  @Test
  void whatIsTooLargeIsToldAtOnce() {
    String text = "param a = 1 + 2 # and more\n".repeat(10 * MEGABYTE / 27);
    List<Issue> issues = measure("10 MB", text);
    assertThat(issues).extracting(Issue::code).containsExactly(IssueCode.TOO_MUCH);
    assertThat(issues.getFirst().message())
        .isEqualTo("a rule file has up to 4000000 characters, got 9999990");
  }

  @Test
  void ofManyMistakesTheFirstAreToldAndThatThereAreMore() {
    List<Issue> issues = measure("mistakes", "param = \n".repeat(1000));
    assertThat(issues).hasSize(IssueLog.MOST + 1);
    assertThat(issues.getLast().code()).isEqualTo(IssueCode.TOO_MUCH);
    assertThat(issues.getLast().message()).isEqualTo("500 mistakes are shown; there may be more");
  }

  @Test
  void aFileFullOfMistakesKeepsNobodyFromTheMistakesOfOthers() {
    String stream =
        "stream s from topic \"t\" { key k string  time at timestamp(millis)  n int }\n";
    String unreadable = "param = \n".repeat(1000);
    String wrong = "";
    for (int i = 0; i < 600; i++) {
      wrong += "assertion w%d on s { expect m%d > 1 }\n".formatted(i, i);
    }
    String other = "assertion o on s { expect n > 1metres when q violated }\n";
    var sources =
        List.of(
            new SourceFile("stream", stream),
            new SourceFile("unreadable", unreadable),
            new SourceFile("wrong", wrong),
            new SourceFile("other", other));

    List<Issue> whole = new RuleCompiler().compile(sources).issues();
    assertThat(ofFile("unreadable", whole)).hasSize(IssueLog.MOST + 1);
    // the stream is known, but what is not may be declared in the file that was not read
    assertThat(ofFile("other", whole)).containsExactly(IssueCode.NO_OVERLOAD);

    List<Issue> read =
        new RuleCompiler()
            .compile(List.of(sources.get(0), sources.get(2), sources.get(3)))
            .issues();
    assertThat(ofFile("wrong", read))
        .hasSize(IssueLog.MOST + 1)
        .endsWith(IssueCode.TOO_MUCH)
        .startsWith(IssueCode.UNKNOWN_NAME);
    assertThat(ofFile("other", read))
        .containsExactly(IssueCode.NO_OVERLOAD, IssueCode.UNKNOWN_ASSERTION);
  }

  private static List<IssueCode> ofFile(String name, List<Issue> issues) {
    return issues.stream()
        .filter(issue -> issue.span().source().equals(name))
        .map(Issue::code)
        .toList();
  }

  /** Twelve characters that would be a gigabyte of digits. */
  @ParameterizedTest
  @ValueSource(
      strings = {"1e999999999s", "1e200000000h", "1e9999999999px", "1e400%", "1e999999999%"})
  void aLongExponentIsOutOfRangeAtOnce(String number) {
    List<Issue> issues = measure(number, ASSERTION + number + " == " + number + "\n}");
    assertThat(issues).extracting(Issue::code).contains(IssueCode.NUMBER_OUT_OF_RANGE);
  }

  @Test
  void anyNumberOfWarningsStopsNothing() {
    String rule = "assertion a%d on s { expect k != \"x\" severity -1 }\n";
    String text =
        "stream s from topic \"t\" { key k string time at timestamp(millis) }\n"
            + IntStream.range(0, 600).mapToObj(rule::formatted).collect(Collectors.joining());
    assertThat(measure("warnings", text))
        .hasSize(600)
        .extracting(Issue::code)
        .containsOnly(IssueCode.NEGATIVE_SEVERITY);
  }

  @Test
  void aMistakeInASliceCountsOnce() {
    String rules = "assertion a%d on s { where bad expect k != \"x\" }\n";
    String text =
        "stream s from topic \"t\" { key k string time at timestamp(millis) slice bad = k == 1 }\n"
            + IntStream.range(0, 600).mapToObj(rules::formatted).collect(Collectors.joining());
    assertThat(compile(text))
        .extracting(Issue::code)
        .contains(IssueCode.NO_OVERLOAD)
        .doesNotContain(IssueCode.TOO_MUCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "!",
        "-",
        "a ? b : ",
        "true ? (",
        "a && ",
        "a || (",
        "f(",
        "a.b",
        ".x",
        "[0]",
        "a == ",
        "1 + ",
        "1 .. ",
        "{1: ",
        "x{y: ",
        "a.filter(b, ",
        "- -",
        "! !",
        "list<",
        "\"{",
        "in "
      })
  void tenThousandDeepIsTold(String piece) {
    String deep = piece.repeat(10_000);
    assertThat(compile("param a = " + deep)).isNotEmpty();
    assertThat(compile(ASSERTION + deep + "1\n}")).isNotEmpty();
    assertThat(compile(ASSERTION + "true explain \"{" + deep + "}\"\n}")).isNotEmpty();
    assertThat(compile("stream s from topic \"t\" { f " + deep + "}")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list<", "map<string, ", "list { f ", "{ f ", "timestamp("})
  void typesTenThousandDeepAreTold(String piece) {
    String close = piece.contains("{") ? "}" : piece.contains("<") ? ">" : ")";
    String type = piece.repeat(10_000) + "int" + close.repeat(10_000);
    assertThat(compile("stream s from topic \"t\" { f " + type + "}")).isNotEmpty();
  }

  private static String numbered(IntFunction<String> line) {
    var text = new StringBuilder();
    for (int i = 0; text.length() < MEGABYTE; i++) {
      text.append(line.apply(i));
    }
    return text.toString();
  }

  private static List<Issue> compile(String text) {
    return new RuleCompiler().compile(List.of(new SourceFile("large.assay", text))).issues();
  }

  private static List<Issue> measure(String what, String text) {
    var source = new SourceFile("large.assay", text);
    long start = cpu();
    List<Issue> issues = compile(text);
    String shown = new IssueRenderer(List.of(source)).render(issues);
    long checked = cpu();
    String laidOut = new RuleFormatter().format(source).text();
    long end = cpu();
    double megabytes = Math.max(0.1, (double) text.length() / MEGABYTE);
    double check = (checked - start) / 1e9 / megabytes;
    double layout = (end - checked) / 1e9 / megabytes;
    System.out.printf("%-30s check %.2f s/MB, fmt %.2f s/MB of CPU%n", what, check, layout);
    assertThat(check).as("seconds a megabyte to check").isLessThan(SECONDS_A_MEGABYTE);
    assertThat(layout).as("seconds a megabyte to lay out").isLessThan(SECONDS_A_MEGABYTE);
    assertThat(shown.lines().count()).isGreaterThanOrEqualTo(issues.size());
    assertThat(laidOut).isNotNull();
    return issues;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
