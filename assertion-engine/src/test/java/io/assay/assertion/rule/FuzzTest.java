package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.assay.assertion.rule.format.Formatted;
import io.assay.assertion.rule.format.RuleFormatter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text, however broken, may throw; whatever is wrong is an issue that points into the text. */
class FuzzTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "'",
    ",",
    ":",
    "..",
    "%",
    "5%",
    "40m",
    "when",
    "each",
    "expect",
    "in",
    "stream",
    "assertion",
    "\n",
    " ",
    "0x",
    "1e",
    "`",
    "\\",
    "é",
    "\uD83D\uDC31",
    "#",
    "?",
    "&&",
    "test",
    "given",
    "=",
    "\u0000",
    "/"
  };

  static LongStream seeds() {
    return LongStream.range(0, 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mutatedRulesGiveIssuesAndNeverAnException(long seed) throws IOException {
    var random = new Random(seed);
    for (String text : texts()) {
      for (int i = 0; i < 15; i++) {
        String mutated = mutate(text, random);
        assertThatCode(() -> check(mutated)).as(() -> mutated).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomCharactersGiveIssues(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(200); n > 0; n--) {
        text.append(
            random.nextBoolean()
                ? PIECES[random.nextInt(PIECES.length)]
                : String.valueOf((char) random.nextInt(0x3000)));
      }
      assertThatCode(() -> check(text.toString())).as(text::toString).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomBytesGiveIssues(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      var bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
        check(new String(bytes, charset));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rulesWithOtherWordsInTheirPlacesGiveIssues(long seed) throws IOException {
    var random = new Random(seed);
    List<String> texts = texts();
    for (String text : texts) {
      for (int i = 0; i < 15; i++) {
        check(otherWords(text, texts.get(random.nextInt(texts.size())), random));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void wellFormedRulesOfAnyTypesGiveIssues(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 25; i++) {
      String text = new RandomRules(random).file();
      assertThat(SyntaxTree.of(new SourceFile("fuzz.assay", text), issue -> {}))
          .as(text)
          .isPresent();
      check(text);
    }
  }

  /** Tokens dropped, doubled, exchanged, or taken from another text. */
  private static String otherWords(String text, String other, Random random) {
    var words = new ArrayList<>(words(text));
    List<String> others = words(other);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        case 2 -> words.set(at, others.get(random.nextInt(others.size())));
        default -> Collections.swap(words, at, random.nextInt(words.size()));
      }
    }
    return String.join(random.nextBoolean() ? " " : "\n", words);
  }

  private static List<String> words(String text) {
    return SyntaxTree.tokens(text).stream()
        .filter(token -> token.getType() != AssayLexer.COMMENT)
        .map(Token::getText)
        .toList();
  }

  private static List<String> texts() throws IOException {
    return RuleTexts.examples().stream().map(SourceFile::text).toList();
  }

  private static String mutate(String text, Random random) {
    var out = new StringBuilder(text);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(out.length());
      int to = Math.min(out.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> out.delete(at, to);
        case 1 -> out.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> out.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
        default -> out.insert(random.nextInt(out.length()), out.substring(at, to));
      }
    }
    return out.toString();
  }

  private static void check(String text) {
    var source = new SourceFile("fuzz.assay", text);
    List<Issue> issues = new RuleCompiler().compile(List.of(source)).issues();
    for (Issue issue : issues) {
      assertThat(issue.span().end()).isBetween(issue.span().start(), text.length());
      assertThat(issue.message()).isNotBlank();
    }
    Formatted formatted = new RuleFormatter().format(source);
    if (formatted.issues().isEmpty()) {
      var again = new SourceFile("fuzz.assay", formatted.text());
      assertThat(new RuleFormatter().format(again).text()).isEqualTo(formatted.text());
    } else {
      assertThat(formatted.text()).isEqualTo(text);
    }
    String shown = new IssueRenderer(List.of(source)).render(issues);
    assertThat(shown.lines().filter(line -> line.startsWith("fuzz.assay:")))
        .hasSizeGreaterThanOrEqualTo(issues.size());
  }
}
