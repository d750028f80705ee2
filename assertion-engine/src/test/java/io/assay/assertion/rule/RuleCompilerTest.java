package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCompilerTest {
  private static final String RULES =
      """
      stream camera from topic "t" {
        key vehicle string
        time at timestamp(millis)
        weather string?
        boxes list {
          track string?
          label enum("car", "van")
          score ratio
          area rect = xyxy(bbox)
        }
      }
      assertion flicker on camera "no flicker" {
        each b in boxes where b.score >= 0.5
        identity b.track
        absent less than 500ms
        severity gap / 500ms
        explain "{b.label} was gone for {gap}"
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"street.assay", "tabular.assay"})
  void acceptsTheReferenceFilesAsTheyStand(String name) throws IOException {
    Path file = Path.of(System.getProperty("assay.shared", "shared"), "rules", name);
    assumeTrue(Files.exists(file), "the reference rules are not here: " + file);
    Compilation compiled = compile(Files.readString(file));
    assertThat(compiled.issues())
        .extracting(Issue::code)
        .isSubsetOf(IssueCode.UNUSED_STREAM, IssueCode.NOT_YET);
    assertThat(compiled.rules()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "street.assay",
        "mot.assay",
        "first.assay",
        "credit.assay",
        "drift.assay",
        "sleep.assay",
        "sensors.assay"
      })
  void examplesHaveNoErrorsAndAreNotWarnedOf(String name) throws IOException {
    Path file = Path.of(System.getProperty("assay.root", ".."), "examples", name);
    Compilation compiled = compile(Files.readString(file));
    assertThat(compiled.issues())
        .extracting(Issue::code)
        .isSubsetOf(IssueCode.UNUSED_STREAM, IssueCode.NOT_YET);
    assertThat(compiled.rules().orElseThrow().assertions()).isNotEmpty();
  }

  @Test
  void lowersAnAssertionToWhatTheEvaluatorNeeds() {
    CheckedAssertion flicker = only(RULES);
    assertThat(flicker.kind()).isEqualTo(new Kind.Absent(new Bound.Time(500_000_000)));
    assertThat(flicker.identity()).get().isInstanceOf(Identity.ByValue.class);
    assertThat(flicker.level()).isEqualTo(Level.WARNING);
    assertThat(flicker.mode()).isEqualTo(Mode.DRAFT);
    assertThat(flicker.names()).extracting(Local::name).containsExactly("gap");
    assertThat(flicker.reads())
        .containsExactlyInAnyOrder("boxes", "boxes.score", "boxes.track", "boxes.label");
    assertThat(flicker.locals()).isEqualTo(3);
    assertThat(flicker.explain().orElseThrow().parts()).hasSize(3);
  }

  @Test
  void streamsCarryTheMappingOfTheirPayload() {
    CheckedRules rules = rules(RULES);
    var stream = rules.stream("camera").orElseThrow();
    assertThat(stream.time().source().reading()).isEqualTo(Reading.EPOCH_MILLIS);
    var boxes =
        (io.assay.assertion.event.Type.ListOf) stream.root().field("boxes").orElseThrow().type();
    var area =
        ((io.assay.assertion.event.StructType) boxes.element())
            .field("area")
            .orElseThrow()
            .source();
    assertThat(area.path()).containsExactly("bbox");
    assertThat(area.reading()).isEqualTo(Reading.XYXY);
  }

  @Test
  void parametersAreSetFromOutside() throws IOException {
    String text =
        Files.readString(Path.of(System.getProperty("assay.root", ".."), "examples/mot.assay"));
    var source = new SourceFile("mot.assay", text);
    CheckedRules four = new RuleCompiler().compile(List.of(source)).rules().orElseThrow();
    CheckedRules six =
        new RuleCompiler().compile(List.of(source), Map.of("T", "6")).rules().orElseThrow();
    assertThat(four.assertions().get(0).kind()).isEqualTo(new Kind.Absent(new Bound.Events(4)));
    assertThat(six.assertions().get(0).kind()).isEqualTo(new Kind.Absent(new Bound.Events(6)));
    assertThat(six.assertions().get(0).judgementHash())
        .isNotEqualTo(four.assertions().get(0).judgementHash());
    Compilation wrong = new RuleCompiler().compile(List.of(source), Map.of("T", "6ms", "U", "1"));
    assertThat(wrong.rules()).isEmpty();
    assertThat(wrong.issues())
        .extracting(Issue::code)
        .containsExactlyInAnyOrder(IssueCode.WRONG_TYPE, IssueCode.UNKNOWN_PARAMETER);
  }

  @Test
  void theJudgementHashKnowsOnlyWhatDecidesVerdicts() {
    String hash = only(RULES).judgementHash();
    String reworded =
        RULES
            .replace("was gone for", "left for")
            .replace("\"no flicker\"", "\"another title\"")
            .replace("identity b.track", "level critical mode active owner \"x\" identity b.track");
    assertThat(only(reworded).judgementHash()).isEqualTo(hash);
    assertThat(
            only("# a comment\n" + RULES.replace("weather string?", "weather string? gust double?"))
                .judgementHash())
        .as("a field that it does not read")
        .isEqualTo(hash);
    assertThat(only(RULES.replace(" b ", " c ").replace("b.", "c.")).judgementHash())
        .as("the name of a variable")
        .isEqualTo(hash);
    List<String> changes =
        List.of(
            RULES.replace("500ms\n  severity", "600ms\n  severity"),
            RULES.replace("0.5", "0.6"),
            RULES.replace("identity b.track", "identity b.label"),
            RULES
                .replace("absent less", "present less")
                .replace("gap / 500ms", "1")
                .replace("{gap}", ""),
            RULES.replace("track string?", "track string? from id"),
            RULES.replace("score ratio", "score double"),
            RULES.replace("gap / 500ms", "gap / 400ms"),
            RULES.replace("timestamp(millis)", "timestamp"));
    assertThat(changes).allSatisfy(c -> assertThat(only(c).judgementHash()).isNotEqualTo(hash));
    assertThat(changes.stream().map(c -> only(c).judgementHash()).distinct())
        .hasSize(changes.size());
  }

  @Test
  void theDocumentHashKnowsEveryCharacter() {
    assertThat(rules(RULES + "# comment\n").documentHash())
        .isNotEqualTo(rules(RULES).documentHash());
    assertThat(rules(RULES).documentHash()).isEqualTo(rules(RULES).documentHash()).hasSize(64);
  }

  @Test
  void allFilesAreOneSetOfNamesAndAllIssuesComeAtOnce() {
    int cut = RULES.indexOf("assertion");
    var stream = new SourceFile("streams.assay", RULES.substring(0, cut));
    var assertion = new SourceFile("rules.assay", RULES.substring(cut));
    assertThat(new RuleCompiler().compile(List.of(assertion, stream)).issues()).isEmpty();
    var broken = new SourceFile("rules.assay", RULES.substring(cut).replace("b.score", "b.scor"));
    var second =
        new SourceFile(
            "more.assay",
            RULES.substring(cut).replace("flicker on", "blink on").replace("gap /", "gaap /"));
    Compilation compiled = new RuleCompiler().compile(List.of(stream, broken, second));
    assertThat(compiled.issues())
        .extracting(i -> i.span().source() + " " + i.code())
        .containsExactly("rules.assay UNKNOWN_FIELD", "more.assay UNKNOWN_NAME");
  }

  private static CheckedAssertion only(String text) {
    return rules(text).assertions().get(0);
  }

  private static CheckedRules rules(String text) {
    Compilation compiled = compile(text);
    assertThat(compiled.rules())
        .as(
            () ->
                new IssueRenderer(List.of(new SourceFile("r.assay", text)))
                    .render(compiled.issues()))
        .isPresent();
    return compiled.rules().orElseThrow();
  }

  private static Compilation compile(String text) {
    return new RuleCompiler().compile(List.of(new SourceFile("r.assay", text)));
  }
}
