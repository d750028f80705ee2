package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
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
    return LongStream.range(0, 8);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mutatedRulesGiveIssuesAndNeverAnException(long seed) throws IOException {
    var random = new Random(seed);
    for (String text : texts()) {
      for (int i = 0; i < 60; i++) {
        String mutated = mutate(text, random);
        assertThatCode(() -> check(mutated)).as(() -> mutated).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomCharactersGiveIssues(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
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

  private static List<String> texts() throws IOException {
    var texts = new ArrayList<String>();
    Path examples = Path.of(System.getProperty("assay.root", ".."), "examples");
    if (Files.isDirectory(examples)) {
      try (var files = Files.list(examples)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".assay")).sorted().toList()) {
          texts.add(Files.readString(file));
        }
      }
    }
    return texts;
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
    String shown = new IssueRenderer(List.of(source)).render(issues);
    assertThat(shown.lines().filter(line -> line.startsWith("fuzz.assay:")))
        .hasSizeGreaterThanOrEqualTo(issues.size());
  }
}
