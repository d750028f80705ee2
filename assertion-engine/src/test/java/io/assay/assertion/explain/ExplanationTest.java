package io.assay.assertion.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a user reads of each assertion: golden files, reviewed like code. Run with {@code
 * -Dassay.golden=write} to write them anew.
 */
class ExplanationTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Path GOLDEN = ROOT.resolve("assertion-engine/src/test/resources/explained");

  /** A sentence with a hole, or with what is no word of ours. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "%[sd]|Optional|null|  |\\s[.](?![.])|\\s[,;)]|\\( |(where|by|is|unless|to) *\\.$");

  /** What changes with every edit of a file, and with every kind that is judged from then on. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "  (document|judgement) +[0-9a-f]+\\n|  supposed .*\\n|, not judged yet \\('\\w+'\\)");

  static List<Path> rules() throws IOException {
    try (Stream<Path> own = Files.list(GOLDEN);
        Stream<Path> examples = Files.list(ROOT.resolve("examples"))) {
      return Stream.concat(own, examples)
          .filter(file -> file.toString().endsWith(".assay"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isWhatItsUserReads(Path file) throws IOException {
    String shown =
        explained(file).stream()
            .map(ExplanationText::of)
            .map(text -> CHANGING.matcher(text).replaceAll(""))
            .collect(Collectors.joining("\n"));
    Path golden = GOLDEN.resolve(file.getFileName().toString().replace(".assay", ".txt"));
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(golden, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasWholeSentences(Path file) throws IOException {
    assertThat(explained(file)).isNotEmpty().allSatisfy(ExplanationTest::isWhole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"street.assay", "tabular.assay"})
  void coversRulesThatOthersWrote(String name) throws IOException {
    String shared = System.getProperty("assay.shared", "");
    Path file = Path.of(shared, "rules", name);
    assumeTrue(!shared.isEmpty() && Files.exists(file), "needs the shared rules: " + file);
    assertThat(explained(file)).isNotEmpty().allSatisfy(ExplanationTest::isWhole);
  }

  @Test
  void endsWithBothHashes() {
    String rules =
        """
        stream s from topic "t" { key k string  time at timestamp  x double }
        assertion a on s { expect x > 0.5 }
        """;
    Explanation explanation = explained(rules, Map.of());
    assertThat(ExplanationText.of(explanation))
        .endsWith(
            "  document   %s\n  judgement  %s\n"
                .formatted(explanation.documentHash(), explanation.assertion().judgementHash()));
  }

  private static void isWhole(Explanation explanation) {
    assertThat(explanation.sentences())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(sentence -> assertThat(sentence).endsWith(".").doesNotContainPattern(BROKEN));
    assertThat(explanation.reads()).isNotEmpty();
    assertThat(explanation.state().total()).isPositive();
    assertThat(explanation.steps()).isPositive();
  }

  @Test
  void saysWhatAParameterStandsFor() {
    String rules =
        """
        param least = 0.5
        stream s from topic "t" { key k string  time at timestamp  x double }
        assertion a on s { expect x > least }
        """;
    assertThat(explained(rules, Map.of()).sentences())
        .contains("least is 0.5.", "Violated unless x > least.");
    assertThat(explained(rules, Map.of("least", "0.25")).sentences()).contains("least is 0.25.");
  }

  @Test
  void showsExpressionsOnOneLineWithTheirBracketsAndWithoutComments() {
    String rules =
        """
        stream s from topic "t" { key k string  time at timestamp  x double  label string }
        assertion a on s {
          expect (x + 1.0) * 2.0 > 3.0   # first
              && !(label == "a # b"      # second
              || x < 0.0)
        }
        """;
    assertThat(explained(rules, Map.of()).sentences())
        .contains("Violated unless (x + 1.0) * 2.0 > 3.0 && !(label == \"a # b\" || x < 0.0).");
  }

  @Test
  void growsWithTheLoad() {
    String rules =
        """
        stream s from topic "t" { key k string  time at timestamp
          boxes list { track string  label string } }
        assertion a on s { each b in boxes identity b.track consistent b.label within 2s }
        """;
    SourceFile source = new SourceFile("a.assay", rules);
    CheckedRules checked = compiled(source, Map.of());
    CheckedAssertion assertion = checked.assertions().getFirst();
    long usual = bytes(assertion, checked, source, Load.USUAL);
    assertThat(bytes(assertion, checked, source, new Load(20, 5, 12))).isGreaterThan(usual);
    assertThat(bytes(assertion, checked, source, new Load(10, 10, 12))).isGreaterThan(usual);
    assertThat(bytes(assertion, checked, source, new Load(10, 5, 24))).isGreaterThan(usual);
  }

  private static long bytes(
      CheckedAssertion assertion, CheckedRules rules, SourceFile source, Load load) {
    return Explanation.of(assertion, rules, List.of(source), load).state().total();
  }

  private static Explanation explained(String rules, Map<String, String> parameters) {
    SourceFile source = new SourceFile("a.assay", rules);
    CheckedRules checked = compiled(source, parameters);
    return Explanation.of(checked.assertions().getFirst(), checked, List.of(source), Load.USUAL);
  }

  private static List<Explanation> explained(Path file) throws IOException {
    SourceFile source = new SourceFile(file.getFileName().toString(), Files.readString(file));
    CheckedRules checked = compiled(source, Map.of());
    return Explanation.of(checked, List.of(source), Load.USUAL);
  }

  private static CheckedRules compiled(SourceFile source, Map<String, String> parameters) {
    Compilation compilation = new RuleCompiler().compile(List.of(source), parameters);
    return compilation
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compilation.issues().toString()));
  }
}
