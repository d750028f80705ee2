package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.IssueCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ExplainCommandTest {
  private static final String EXAMPLES =
      Path.of(System.getProperty("assay.root", "..")).resolve("examples").toString();
  private static final String STREET = EXAMPLES + "/street.assay";

  @ParameterizedTest
  @EnumSource
  void printsThePageOfACode(IssueCode code) throws IOException {
    CommandLineRun run = CommandLineRun.of("explain", code.code());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            Files.readString(
                Path.of(System.getProperty("assay.root", ".."))
                    .resolve("docs/language/messages/" + code.code() + ".md")));
  }

  @Test
  void takesSmallLettersToo() {
    assertThat(CommandLineRun.of("explain", "a0202").out()).startsWith("# A0202\n");
  }

  @Test
  void offersTheNearestForACodeThatDoesNotExist() {
    CommandLineRun run = CommandLineRun.of("explain", "A0299");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("assay: no message has the code A0299; did you mean A0301?\n");
  }

  @Test
  void saysWhatItTakes() {
    CommandLineRun run = CommandLineRun.of("explain", "lable");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "assay: explain takes the code of a message, as in A0202, or an assertion and its"
                + " rules, as in explain lable rules.assay; got 'lable' alone\n");
  }

  @Test
  void saysWhatARuleChecksReadsKeepsAndCosts() {
    CommandLineRun run = CommandLineRun.of("explain", "flicker", STREET);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("flicker: a road user does not vanish")
        .contains(
            "Violated when it is seen, then not seen for less than 500ms, then seen again.",
            "reads      camera: boxes.area, boxes.label, boxes.score, boxes.track",
            "state      at most ",
            "cost       ",
            "document   ",
            "judgement  ");
  }

  @Test
  void explainsANameOfSeveralRuleSetsInEach() {
    CommandLineRun run = CommandLineRun.of("explain", "flicker", EXAMPLES);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("flicker: "))).hasSize(4);
    assertThat(run.out()).contains("first.assay:", "mot.assay:", "street.assay:", "shorter.assay:");
  }

  @Test
  void listsTheAssertionsWithoutAName() {
    CommandLineRun run = CommandLineRun.of("explain", STREET);

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly(
            "flicker",
            "appear",
            "flicker_untracked",
            "stable_label",
            "no_jump",
            "multibox",
            "agree",
            "camera_alive",
            "crowded");
  }

  @Test
  void offersTheNearestNameForOneThatNoRuleHas() {
    assertThat(CommandLineRun.of("explain", "stabel_label", STREET))
        .isEqualTo(
            new CommandLineRun(
                2,
                "",
                "assay: no assertion is called 'stabel_label'; did you mean 'stable_label'?\n"));
    assertThat(CommandLineRun.of("explain", "x", STREET).err())
        .contains("no assertion is called 'x'; there are agree, appear, camera_alive");
  }

  @Test
  void knowsTheBuiltInAssertionOfEachStream() {
    CommandLineRun run = CommandLineRun.of("explain", "schema", STREET);

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("built in, schema on camera", "built in, schema on lidar");
  }

  @Test
  void saysTheSameAsJson() {
    CommandLineRun run = CommandLineRun.of("explain", "agree", STREET, "--format", "json");

    assertThat(run.status()).isZero();
    JsonNode agree = new ObjectMapper().readTree(run.out()).get(0);
    assertThat(agree.get("name").asString()).isEqualTo("agree");
    assertThat(agree.get("reads").get("lidar").get(0).asString()).isEqualTo("boxes.area");
    JsonNode state = agree.get("state");
    assertThat(state.get("bytes").asLong())
        .isEqualTo(
            state.get("own").asLong()
                + state.get("events").asLong()
                + state.get("stream").asLong());
    assertThat(agree.get("judgementHash").asString()).hasSize(64);

    CommandLineRun all = CommandLineRun.of("explain", STREET, "--format", "json");
    assertThat(new ObjectMapper().readTree(all.out())).hasSize(9);
  }

  @Test
  void supposesWhatItIsTold() {
    String[] more = {"explain", "flicker", STREET, "--per-second", "30", "--elements", "50"};

    assertThat(CommandLineRun.of(more).out())
        .contains("30 events a second of a key, 50 elements a list", "36 + 74 n = 3,736 steps");
    CommandLineRun run = CommandLineRun.of("explain", "flicker", STREET, "--per-second", "0");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("a load needs events", "got 0.0 a second");
  }

  @Test
  void tellsMistakesInsteadOfExplainingThem(@TempDir Path folder) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("a.assay"),
            """
            stream s from topic "t" { key k string time at timestamp }
            assertion a on s { expect x > 1 }
            """);
    CommandLineRun run = CommandLineRun.of("explain", "a", rules.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("unknown name 'x'");
  }
}
