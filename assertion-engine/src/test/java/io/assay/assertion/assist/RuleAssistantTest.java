package io.assay.assertion.assist;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is proposed, and told, where {@code ▮} stands. */
class RuleAssistantTest {
  private static final String STREAM =
      """
      language 1

      param T = 500ms

      route night { to webhook("https://example.org") }

      stream camera from topic "camera.predictions" {
        key    vehicle  string
        time   at       timestamp(millis)
        speed           double      # metres a second, over ground
        boxes           list {
          track         string?
          label         enum("car", "pedestrian")
          score         ratio
          area          rect
        }
      }

      stream lidar from topic "lidar.predictions" {
        key    vehicle  string
        time   at       timestamp(millis)
        # points in the frame
        points          int
      }

      assertion other on camera {
        expect  speed >= 0
      }

      """;

  private static List<String> at(String marked) {
    return proposals(marked).stream().map(Proposal::text).toList();
  }

  private static List<Proposal> proposals(String marked) {
    int offset = marked.indexOf('▮');
    String text = STREAM + marked.replace("▮", "");
    return new RuleAssistant(List.of(new SourceFile("a.assay", text)))
        .proposals("a.assay", STREAM.length() + offset);
  }

  private static Optional<Explained> told(String marked) {
    int offset = marked.indexOf('▮');
    String text = STREAM + marked.replace("▮", "");
    return new RuleAssistant(List.of(new SourceFile("a.assay", text)))
        .explain("a.assay", STREAM.length() + offset);
  }

  private static String inCamera(String clauses) {
    return "assertion a on camera {\n  " + clauses + "\n}\n";
  }

  @Test
  void aFileHasDeclarations() {
    assertThat(at("▮")).contains("stream", "assertion", "test", "route").doesNotContain("each");
    assertThat(at("ass▮")).contains("assertion");
  }

  @Test
  void behindOnStandStreamsAndNothingElse() {
    assertThat(at("assertion a on ▮")).containsExactly("camera", "lidar", "labels");
    assertThat(at("assertion a on cam▮ {\n}\n")).contains("camera");
    assertThat(proposals("assertion a on ▮").getFirst().detail())
        .isEqualTo("stream of camera.predictions");
  }

  @Test
  void aClauseBeginsALine() {
    assertThat(at(inCamera("▮"))).contains("each", "expect", "mode", "alert").doesNotContain("key");
    assertThat(at("stream s from topic \"t\" {\n  ▮\n}")).contains("key", "time", "slice");
    assertThat(at("route r {\n  ▮\n}")).containsExactlyInAnyOrder("to", "group by", "repeat");
    assertThat(at("test other \"t\" {\n  ▮\n}")).contains("given", "seen", "expect");
  }

  @Test
  void wordsOfSeveralPartsAreProposedWhole() {
    assertThat(at(inCamera("absent ▮"))).containsExactly("less than");
    assertThat(at(inCamera("silence ▮"))).containsExactly("at most");
    assertThat(at(inCamera("window tumbling 1h ▮"))).contains("at least");
  }

  @Test
  void operandsAreFieldsLocalsParametersAndFunctions() {
    assertThat(at(inCamera("expect ▮")))
        .contains("speed", "boxes", "vehicle", "T", "iou", "size")
        .doesNotContain("track", "psi", "each");
    assertThat(at(inCamera("each b in boxes\n  expect sp▮"))).contains("b", "speed");
    assertThat(at(inCamera("expect speed > 1 + ▮"))).contains("speed");
    assertThat(at(inCamera("window tumbling 1h\n  expect ▮"))).contains("psi", "missing");
  }

  @Test
  void behindAnOperandStandOperatorsAndTheNextClause() {
    assertThat(at(inCamera("expect speed > 1\n  ▮"))).contains("level", "explain", "in");
  }

  @Test
  void behindADotStandTheMembersOfItsType() {
    assertThat(at(inCamera("each b in boxes\n  expect b.▮")))
        .startsWith("track", "label", "score", "area");
    assertThat(at(inCamera("each b in boxes\n  expect b.area.▮")))
        .contains("x", "y", "width", "height");
    assertThat(at(inCamera("expect boxes.▮"))).contains("exists", "all", "size");
    assertThat(at(inCamera("expect boxes[0].▮"))).contains("score");
    assertThat(at(inCamera("expect boxes.exists(x, x.▮"))).contains("label", "score");
    assertThat(at(inCamera("join lidar within 50ms\n  expect lidar.▮"))).contains("points");
    assertThat(at(inCamera("expect nothing.▮"))).isEmpty();
  }

  @Test
  void fieldsTellTheirTypeUnitAndNote() {
    assertThat(proposals(inCamera("expect ▮")))
        .contains(
            new Proposal("speed", Proposal.Kind.FIELD, "double", "metres a second, over ground"));
    assertThat(proposals(inCamera("each b in boxes\n  expect b.▮")))
        .contains(
            new Proposal("track", Proposal.Kind.FIELD, "string, may be missing", ""),
            new Proposal("score", Proposal.Kind.FIELD, "ratio, 0 to 1", ""));
  }

  @Test
  void aKindsOwnNamesAreOperands() {
    assertThat(at(inCamera("each b in boxes\n  absent less than 1s\n  severity ▮")))
        .contains("gap", "before", "b");
    assertThat(at(inCamera("each b in boxes\n  absent less than 1s\n  explain \"gone {▮")))
        .contains("gap", "b");
    assertThat(at(inCamera("each b in boxes\n  explain \"{b.▮"))).contains("label");
  }

  @Test
  void valuesOfAnEnumStandBehindAComparison() {
    assertThat(at(inCamera("each b in boxes\n  expect b.label == ▮")))
        .startsWith("\"car\"", "\"pedestrian\"");
    assertThat(at(inCamera("each b in boxes\n  expect b.label == \"▮")))
        .containsExactly("car", "pedestrian");
    assertThat(at(inCamera("each b in boxes\n  expect b.label in [\"car\", ▮")))
        .contains("\"pedestrian\"");
  }

  @Test
  void wordsOfAListAreProposedWhereTheyGo() {
    assertThat(at(inCamera("mode ▮"))).containsExactly("active", "draft", "shadow");
    assertThat(at(inCamera("level ▮"))).containsExactly("critical", "info", "warning");
    assertThat(at(inCamera("alert when rate > 2% to ▮"))).containsExactly("night");
    assertThat(at(inCamera("when ▮"))).contains("other");
    assertThat(at("route r {\n  to ▮\n}")).contains("webhook", "email");
    assertThat(at("stream s from topic \"t\" {\n  key vehicle ▮")).contains("string", "int");
    assertThat(at("test other \"t\" {\n  given ▮")).containsExactly("camera", "lidar");
  }

  @Test
  void mistakesAboveDoNotSilenceIt() {
    assertThat(at(inCamera("each b boxes !!\n  expect sp▮"))).contains("speed");
    assertThat(at("assertion broken on camera {\n  expect (\n\nassertion a on ▮"))
        .contains("lidar");
  }

  @Test
  void inACommentNothingIsProposed() {
    assertThat(at(inCamera("# each ▮"))).isEmpty();
  }

  @Test
  void aWordIsExplained() {
    assertThat(told(inCamera("expect sp▮eed > 1")))
        .hasValueSatisfying(
            one -> {
              assertThat(one.title()).isEqualTo("speed  double");
              assertThat(one.about()).isEqualTo("metres a second, over ground");
              assertThat(one.end() - one.start()).isEqualTo(5);
            });
    assertThat(told(inCamera("join lidar within 1s\n  expect lidar.poi▮nts > 1")))
        .hasValueSatisfying(one -> assertThat(one.title()).isEqualTo("points  int"));
    assertThat(told(inCamera("each b in boxes\n  expect io▮u(b.area, b.area) > 0")))
        .hasValueSatisfying(one -> assertThat(one.about()).contains("iou(rect, rect) → ratio"));
    assertThat(told(inCamera("abs▮ent less than 1s")))
        .hasValueSatisfying(one -> assertThat(one.about()).contains("vanishes"));
    assertThat(told(inCamera("expect 1▮23 > 1"))).isEmpty();
  }

  @Test
  void everyWordThatBeginsAPartIsExplained() {
    for (String place :
        List.of(
            "▮",
            inCamera("▮"),
            "stream s from topic \"t\" {\n  ▮\n}",
            "embeddings e from topic \"t\" {\n  ▮\n}",
            "route r {\n  ▮\n}",
            "test other \"t\" {\n  ▮\n}")) {
      assertThat(proposals(place))
          .filteredOn(one -> one.kind() == Proposal.Kind.KEYWORD)
          .isNotEmpty()
          .allSatisfy(one -> assertThat(one.about()).as(one.text()).isNotEmpty());
    }
  }

  @Test
  void aLongFileIsAnsweredAtOnce() {
    var text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append("assertion n").append(i).append(" on camera {\n  expect speed > 1\n}\n");
    }
    assertThat(at(text + inCamera("expect ▮"))).contains("speed");
    assertThat(at(inCamera("expect " + "(".repeat(4000) + "▮"))).isNotNull();
  }
}
