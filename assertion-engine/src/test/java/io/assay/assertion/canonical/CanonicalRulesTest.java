package io.assay.assertion.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.RuleTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Pattern EXAMPLE =
      Pattern.compile("^```assay\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String SMALL =
      """
      stream s from topic "t" { key k string  time at timestamp  x double }
      assertion a on s { expect x < 1.0 }
      """;

  static List<Path> files() throws IOException {
    try (Stream<Path> examples = Files.walk(ROOT.resolve("examples"));
        Stream<Path> pages = Files.walk(ROOT.resolve("docs/language"))) {
      return Stream.concat(
              examples.filter(file -> file.toString().endsWith(".assay")),
              pages.filter(file -> !rules(file).isEmpty()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsReadBackIsEqualAndJudgesTheSame(Path file) {
    for (String text : rules(file)) {
      Compilation compiled = compile(text);
      compiled.rules().ifPresent(CanonicalRulesTest::comesBack);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"street.assay", "tabular.assay"})
  void theNorthStarComesBack(String name) throws IOException {
    Path file = Path.of(System.getProperty("assay.shared", "../../shared"), "rules", name);
    assumeTrue(Files.exists(file), "needs " + file);
    comesBack(compile(Files.readString(file)).rules().orElseThrow());
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Constants of all kinds, at the edges of their types, in expressions of any form. */
  @ParameterizedTest
  @MethodSource("seeds")
  void generatedRulesComeBack(long seed) {
    Random random = new Random(seed);
    String conditions =
        Stream.generate(() -> "expect " + condition(random, 4))
            .limit(5)
            .collect(Collectors.joining("\n"));
    comesBack(
        compile(
                """
                stream s from topic "t" { key k string  time at timestamp  x double  n int  y string? }
                assertion a on s { %s }
                """
                    .formatted(conditions))
            .rules()
            .orElseThrow());
  }

  private static String condition(Random random, int depth) {
    return switch (random.nextInt(depth <= 0 ? 5 : 9)) {
      case 0 ->
          "x < "
              + Double.toString(Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL));
      case 1 -> "n == " + random.nextLong(Long.MAX_VALUE);
      case 2 -> "y == \"\\\"\\n\\u00e9%c\" ".formatted((char) ('a' + random.nextInt(26)));
      case 3 -> "at > timestamp(\"2026-01-01T00:00:0%dZ\")".formatted(random.nextInt(10));
      case 4 -> "size(b\"\\xff\\x00\") == 2";
      case 5 -> "(" + condition(random, depth - 1) + " || " + condition(random, depth - 1) + ")";
      case 6 -> "!(" + condition(random, depth - 1) + " && " + condition(random, depth - 1) + ")";
      case 7 -> "[n, 2].exists(e, e > 1 && " + condition(random, depth - 1) + ")";
      default -> "(" + condition(random, depth - 1) + " ? n in 1 .. 5 : has(y))";
    };
  }

  @Test
  void equalRulesAreEqualTexts() {
    assertThat(CanonicalRules.write(compile(SMALL).rules().orElseThrow()))
        .isEqualTo(CanonicalRules.write(compile(SMALL).rules().orElseThrow()))
        .startsWith("{\"form\":1,\"sources\":[\"test.assay\"],\"shared\":[");
  }

  @Test
  void deepRulesComeBack() {
    String deep = "(".repeat(90) + "x < 1.0" + ")".repeat(90);
    comesBack(compile(SMALL.replace("x < 1.0", "!".repeat(60) + deep)).rules().orElseThrow());
    String chain = "x" + " + x".repeat(150) + " < 1.0";
    comesBack(compile(SMALL.replace("x < 1.0", chain)).rules().orElseThrow());
  }

  @Test
  void anotherFormIsRefused() {
    String text = CanonicalRules.write(compile(SMALL).rules().orElseThrow());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalRules.read(text.replace("{\"form\":1,", "{\"form\":7,")))
        .withMessage(
            "this version reads rule sets of form 1, this one is of form 7: it was written by"
                + " another version of Assay");
  }

  @Test
  void brokenTextSaysWhatIsWrongAndWhere() {
    String text = CanonicalRules.write(compile(SMALL).rules().orElseThrow());
    refused("", "a rule set is a JSON object; the text is empty");
    refused("[]", "a rule set is a JSON object");
    refused("{}", "a rule set has a member 'form'; there is none");
    refused(text + "{}", "more stands behind the rule set");
    refused(text.substring(0, 40), "the rule set is no JSON: ");
    refused(
        text.replace("\"mode\":\"DRAFT\"", "\"mode\":\"SLEEPING\""),
        "rules.assertions[0].mode needs a Mode, came SLEEPING");
    refused(text.replace("\"mode\":\"DRAFT\",", ""), "rules.assertions[0].mode is missing");
    refused(
        text.replace("\"mode\":\"DRAFT\"", "\"mode\":\"DRAFT\",\"new\":1"),
        "rules.assertions[0] needs the members of CheckedAssertion, came ");
    refused(
        text.replace("\"kind\":\"Expect\"", "\"kind\":\"Hope\""),
        "rules.assertions[0].kind needs a Kind, came Hope");
    refused(
        text.replace("\"on\":", "\"on\":99"),
        "rules.assertions[0].on needs the index of a shared StreamType, came 99");
  }

  /** Whatever is cut or exchanged: a rule set or a reason, never another failure. */
  @ParameterizedTest
  @MethodSource("seeds")
  void damagedTextIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    String text = CanonicalRules.write(compile(SMALL).rules().orElseThrow());
    var refused = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      var damaged = new StringBuilder(text);
      damaged.setCharAt(random.nextInt(text.length()), "0\"{}[],:xn-".charAt(random.nextInt(11)));
      try {
        CanonicalRules.read(damaged.toString());
      } catch (IllegalArgumentException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }
    assertThat(refused).isNotEmpty().doesNotContain("null");
  }

  private static void refused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalRules.read(text))
        .withMessageStartingWith(message);
  }

  private static void comesBack(CheckedRules rules) {
    String text = CanonicalRules.write(rules);
    CheckedRules read = CanonicalRules.read(text);
    assertThat(read).isEqualTo(rules);
    assertThat(read.documentHash()).isEqualTo(rules.documentHash());
    assertThat(read.all())
        .extracting(CheckedAssertion::judgementHash)
        .isEqualTo(rules.all().stream().map(CheckedAssertion::judgementHash).toList());
    assertThat(CanonicalRules.write(read)).isEqualTo(text);
    assertThat(outcomes(read)).isEqualTo(outcomes(rules));
  }

  private static List<String> outcomes(CheckedRules rules) {
    var tests =
        new RuleTests(
            rules,
            (source, name) -> {
              throw new java.io.FileNotFoundException(name);
            });
    return rules.tests().stream().map(test -> tests.run(test).toString()).toList();
  }

  private static Compilation compile(String text) {
    return new RuleCompiler().compile(List.of(new SourceFile("test.assay", text)));
  }

  private static List<String> rules(Path file) {
    try {
      String text = Files.isRegularFile(file) ? Files.readString(file) : "";
      if (file.toString().endsWith(".assay")) {
        return List.of(text);
      }
      List<String> found = new ArrayList<>();
      if (file.toString().endsWith(".md")) {
        Matcher examples = EXAMPLE.matcher(text);
        while (examples.find()) {
          found.add(examples.group(1));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
