package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.assay.assertion.rule.ast.RuleFile;
import io.assay.assertion.rule.format.Formatted;
import io.assay.assertion.rule.format.RuleFormatter;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout is one, stays as it is, loses no comment and changes no meaning. */
class RuleFormatterTest {
  private static final String[] GAPS = {
    " ",
    "  ",
    "\n",
    "\n\n\n",
    "\r\n",
    "\t",
    "\u00A0",
    "  # a comment\n",
    "\n// one of its own \n",
    "#\n"
  };

  static Stream<SourceFile> examples() throws IOException {
    return RuleTexts.examples().stream();
  }

  static Stream<SourceFile> layouts() throws IOException {
    return RuleTexts.files(
        Path.of(
            System.getProperty("assay.root", ".."), "assertion-engine/src/test/resources/layout"))
        .stream();
  }

  static Stream<SourceFile> northStar() throws IOException {
    String shared = System.getProperty("assay.shared", "../../shared");
    List<SourceFile> files = RuleTexts.files(Path.of(shared, "rules"));
    assumeThat(files).as("the shared rules are not there").isNotEmpty();
    return files.stream();
  }

  static LongStream seeds() {
    return LongStream.range(0, 3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesAreLaidOut(SourceFile example) {
    assertThat(format(example.text())).isEqualTo(example.text());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void whatIsWrittenAnyHowIsLaidOutAsReviewed(SourceFile written) throws IOException {
    String[] parts = written.text().split("(?m)^----\n", 2);
    assertThat(format(parts[0])).isEqualTo(parts[1]);
    keepsAll(parts[0]);
  }

  @ParameterizedTest
  @MethodSource("northStar")
  void theRulesOfTheDesignChangeInFewPlaces(SourceFile rules) {
    keepsAll(rules.text());
    List<String> before = rules.text().lines().toList();
    List<String> after = format(rules.text()).lines().toList();
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.stream().filter(line -> !before.contains(line))).hasSizeLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyLayoutBecomesOneThatStaysAndMeansTheSame(long seed) throws IOException {
    var random = new Random(seed);
    for (SourceFile source : RuleTexts.readable()) {
      for (int gaps : new int[] {8, 200}) {
        keepsAll(scattered(source.text(), random, gaps));
      }
    }
  }

  @Test
  void theLineEndsOfAFileStay() {
    assertThat(format("param T=4\r\nparam L = \"\"\"a\nb\"\"\"\r\n"))
        .isEqualTo("param T = 4\r\nparam L = \"\"\"a\nb\"\"\"\r\n");
  }

  @Test
  void aTextThatCannotBeReadStays() {
    Formatted formatted =
        new RuleFormatter().format(new SourceFile("a.assay", "param   T = \"open\nparam U=1"));
    assertThat(formatted.text()).isEqualTo("param   T = \"open\nparam U=1");
    assertThat(formatted.issues())
        .extracting(Issue::code)
        .containsExactly(IssueCode.UNCLOSED_STRING);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(format("")).isEmpty();
    assertThat(format(" \n\n ")).isEmpty();
    assertThat(format("\n# only this  ")).isEqualTo("# only this\n");
  }

  @Test
  void aFileMayBeginWithABlock() {
    assertThat(format("route a { repeat 4h }")).isEqualTo("route a { repeat 4h }\n");
    assertThat(format("assertion a on b {\nexpect c }"))
        .isEqualTo("assertion a on b {\n  expect     c\n}\n");
  }

  @Test
  void whatMustNotTouchDoesNot() {
    assertThat(format("param A=5% [1]+x [ 1 ]\n")).isEqualTo("param A = 5% [1] + x[1]\n");
  }

  private static void keepsAll(String text) {
    String once = format(text);
    assertThat(format(once)).isEqualTo(once);
    assertThat(words(once)).isEqualTo(words(text));
    assertThat(tree(once)).isEqualTo(tree(text));
    assertThat(hashes(once)).isEqualTo(hashes(text));
    assertThat(once.lines()).noneMatch(line -> line.endsWith(" "));
  }

  private static String format(String text) {
    Formatted formatted = new RuleFormatter().format(new SourceFile("a.assay", text));
    assertThat(formatted.issues()).as(text).isEmpty();
    return formatted.text();
  }

  private static List<String> words(String text) {
    return SyntaxTree.tokens(text).stream().map(t -> t.getText().stripTrailing()).toList();
  }

  private static String tree(String text) {
    RuleFile file = RuleParser.parse(new SourceFile("a.assay", text), issue -> {});
    return file.toString().replaceAll("Span\\[[^]]*]", "");
  }

  private static List<String> hashes(String text) {
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    return compiled
        .rules()
        .map(rules -> rules.assertions().stream().map(CheckedAssertion::judgementHash).toList())
        .orElseGet(() -> compiled.issues().stream().map(i -> i.code().code()).toList());
  }

  /** The same words and comments with other space between them. */
  private static String scattered(String text, Random random, int gaps) {
    var out = new StringBuilder();
    List<Token> tokens = SyntaxTree.tokens(text);
    var places = new ArrayList<Integer>();
    for (int i = 0; i < gaps; i++) {
      places.add(random.nextInt(tokens.size()));
    }
    int end = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      int start = text.offsetByCodePoints(0, token.getStartIndex());
      String gap = text.substring(end, start);
      boolean line = i > 0 && tokens.get(i - 1).getType() == AssayLexer.COMMENT;
      boolean percent = i > 0 && tokens.get(i - 1).getType() == AssayLexer.PERCENT_LITERAL;
      if (places.contains(i) && !line && !(percent && gap.isEmpty())) {
        gap = GAPS[random.nextInt(GAPS.length)] + "  ";
      }
      out.append(gap).append(token.getText());
      end = text.offsetByCodePoints(0, token.getStopIndex() + 1);
    }
    return out.append(text.substring(end)).toString();
  }
}
