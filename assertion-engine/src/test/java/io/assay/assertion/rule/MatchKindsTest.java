package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context.Join;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MatchKindsTest {
  private static final CheckedText STREET =
      new CheckedText(
          """
          stream camera from topic "c" {
            key vehicle string
            time at timestamp(millis)
            shown timestamp
            weather string?
            boxes list { label enum("car", "van") score ratio area rect }
          }
          stream lidar from topic "l" {
            key vehicle string
            time at timestamp(millis)
            boxes list { label enum("car", "van") score double area rect distance length(metres) }
          }
          stream radar from topic "r" {
            key vehicle string
            time at timestamp(millis)
            speed double
            boxes list { area rect }
          }
          stream other from topic "o" { key number int time at timestamp(millis) }
          """,
          "camera");
  private static final String JOIN = "join lidar within 50ms ";
  private static final String MATCH =
      JOIN + "match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0 ";

  @Test
  void aPartnerIsALocalAndItsReadsAreItsOwn() {
    CheckedAssertion agree = STREET.assertion(MATCH + "unmatched l where l.distance <= 40metres");
    Join join = agree.context().join().orElseThrow();
    assertThat(join.how()).isEqualTo(new Join.How.Nearest(50_000_000));
    Join.Partner lidar = join.partners().getFirst();
    assertThat(lidar.event().name()).isEqualTo("lidar");
    assertThat(lidar.reads()).containsExactlyInAnyOrder("boxes", "boxes.area", "boxes.distance");
    assertThat(agree.reads()).containsExactlyInAnyOrder("boxes", "boxes.area");
  }

  @Test
  void bothSidesAreJudgedUnlessOneIsNamed() {
    assertThat(match(MATCH).sides()).extracting(Kind.Side::judged).containsExactly(true, true);
    Kind.Match one = match(MATCH.replace("match", "match one") + "unmatched l where l.score > 2.0");
    assertThat(one.one()).isTrue();
    assertThat(one.sides()).extracting(Kind.Side::judged).containsExactly(false, true);
    assertThat(one.sides().get(1).unmatched()).isPresent();
  }

  @Test
  void anIgnoreIsOfTheSideThatItLooksAt() {
    Kind.Match match =
        match(MATCH + "ignore where touches_border(c.area, 5) ignore where weather == \"fog\"");
    assertThat(match.sides()).extracting(side -> side.ignores().size()).containsExactly(2, 1);
    assertThat(STREET.message(MATCH + "ignore where c.label == l.label"))
        .contains("looks at c and l");
  }

  @Test
  void sideIsComparedWithAStreamByItsName() {
    CheckedAssertion agree =
        STREET.assertion(
            MATCH
                + "severity size(unmatched) explain \"{side}\" "
                + "correct when side == lidar insert l into camera.boxes with area = l.area "
                + "correct when side == \"camera\" remove c");
    assertThat(agree.names()).extracting(Local::name).contains("side", "unmatched");
    assertThat(agree.consequences().corrections())
        .extracting(Correction::repair)
        .hasSize(2)
        .first()
        .isInstanceOfSatisfying(
            Correction.Repair.Insert.class,
            insert -> assertThat(insert.list().stream()).isEqualTo("camera"));
    assertThat(STREET.message(MATCH + "correct when side == \"lidr\" remove c"))
        .contains("'lidr' is not one of the declared values camera, lidar");
  }

  @Test
  void moreStreamsAreMatchedFromOneOfTheirElements() {
    String three =
        "join lidar, radar within 50ms "
            + "match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0 "
            + "match c in camera.boxes, r in radar.boxes where iou(c.area, r.area) > 0 ";
    Kind.Match match = match(three + "present in at least 2 of 3");
    assertThat(match.sides())
        .extracting(Kind.Side::name)
        .containsExactly("camera", "lidar", "radar");
    assertThat(match.pairings())
        .extracting(p -> p.left() + " " + p.right())
        .containsExactly("0 1", "0 2");
    assertThat(match.presentIn()).isEqualTo(OptionalLong.of(2));
    assertThat(STREET.message(three + "present in at least 2 of 4")).contains("3 streams are held");
    assertThat(STREET.message(three + "present in at least 4 of 3")).contains("4 of 3");
  }

  @Test
  void oneMatchSaysItForAllPartnersThatAreCounted() {
    String one =
        "join lidar, radar within 50ms "
            + "match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0 ";
    Kind.Match match = match(one + "present in at least 2 of 3");
    assertThat(match.sides())
        .extracting(Kind.Side::name)
        .containsExactly("camera", "lidar", "radar");
    assertThat(match.pairings()).hasSize(2);
    assertThat(
            STREET.message(
                one.replace("radar", "moods").replace("camera.boxes", "boxes")
                    + "present in at least 2 of 2 "))
        .contains("unknown stream 'moods'");
  }

  @Test
  void pairsMayBeExpectedOfAndListsOfOneEventMatched() {
    Kind.Match pairs = match(MATCH + "expect c.label == l.label");
    assertThat(pairs.expectations()).hasSize(1);
    assertThat(pairs.sides()).extracting(Kind.Side::judged).containsExactly(false, false);
    Kind.Match doubles =
        match(
            "match a in boxes, b in boxes.filter(x, x.score > 0.5) where iou(a.area, b.area) > 0");
    assertThat(doubles.sides()).extracting(Kind.Side::name).containsExactly("boxes", "b");
  }

  @Test
  void plainExpectationsReadTheirPartners() {
    CheckedAssertion joined =
        STREET.assertion(
            "join lidar, radar as of shown at most 1s old "
                + "expect radar.speed < 3.0 || size(lidar.boxes) == size(boxes)");
    assertThat(joined.kind()).isInstanceOf(Kind.Expect.class);
    assertThat(joined.reads()).containsExactlyInAnyOrder("boxes", "shown");
    assertThat(joined.context().join().orElseThrow().partners())
        .extracting(Join.Partner::reads)
        .containsExactly(java.util.Set.of("boxes"), java.util.Set.of("speed"));
  }

  @Test
  void whatIsMissingOrDoesNotFitIsSaidOnce() {
    assertThat(STREET.message("match c in camera.boxes, l in lidar.boxes where true"))
        .contains("'lidar' is not joined here");
    assertThat(STREET.message("expect size(lidar.boxes) > 0"))
        .contains("'lidar' is not joined here");
    assertThat(STREET.message("join lidr within 50ms expect size(lidr.boxes) > 0"))
        .contains("unknown stream 'lidr'");
    assertThat(STREET.message("join camera within 50ms expect weather == \"x\""))
        .contains("own stream");
    assertThat(STREET.message("join other within 50ms expect other.at == at"))
        .contains("joined by their keys");
    assertThat(STREET.message(JOIN + "expect size(boxes) > 0 unmatched l"))
        .contains("'unmatched' belongs to 'match'");
    assertThat(STREET.message(MATCH + "unmatched x")).contains("'match' compares no 'x'");
    assertThat(STREET.message(MATCH + "unmatched c where l.score > 1.0"))
        .contains("there is no 'l'");
    assertThat(STREET.message(MATCH + "each b in boxes")).contains("'match' names the elements");
    assertThat(STREET.message(JOIN + "match c in camera.boxes, l in camera.boxes where true"))
        .contains("both sides are the same");
  }

  @Test
  void silenceIsOfTheKeyOrOfTheStream() {
    assertThat(STREET.assertion("silence at most 500ms explain \"{silent}\"").kind())
        .isEqualTo(new Kind.Silence(500_000_000, false));
    assertThat(STREET.assertion("silence at most 1min over stream").kind())
        .isEqualTo(new Kind.Silence(60_000_000_000L, true));
    assertThat(STREET.message("each b in boxes silence at most 1s")).contains("'silence' watches");
  }

  @Test
  void aTriggerIsAnotherAssertionOfTheStream() {
    String cheap = "expect size(boxes) < 20 } assertion b on camera { ";
    var rules = STREET.rules(cheap + "when a violated expect weather != \"x\"");
    CheckedAssertion waiting = rules.assertion("b").orElseThrow();
    assertThat(waiting.context().trigger().orElseThrow().judgementHash())
        .isEqualTo(rules.assertion("a").orElseThrow().judgementHash());
    assertThat(waiting.judgementHash())
        .isNotEqualTo(
            STREET
                .rules(
                    "expect size(boxes) < 21 } assertion b on camera { when a violated expect"
                        + " weather != \"x\"")
                .assertion("b")
                .orElseThrow()
                .judgementHash());
    assertThat(STREET.message("when aa violated expect size(boxes) < 20"))
        .contains("unknown assertion 'aa'");
    assertThat(STREET.message("when a violated expect size(boxes) < 20"))
        .contains("waits for itself");
    assertThat(
            STREET.messages(
                "when b violated expect size(boxes) < 20 } "
                    + "assertion b on camera { when a violated expect size(boxes) < 20"))
        .singleElement()
        .asString()
        .contains("wait for each other");
    assertThat(
            STREET.message(
                "expect size(boxes) < 20 } assertion b on radar { when a violated expect speed <"
                    + " 3.0"))
        .contains("on the same stream");
  }

  @Test
  void partnersAndTheirFieldsAreInTheHash() {
    String hash = STREET.assertion(MATCH).judgementHash();
    for (String changed :
        List.of(
            MATCH.replace("50ms", "60ms"),
            MATCH + "unmatched c",
            MATCH + "ignore where touches_border(c.area, 5)",
            MATCH.replace("> 0", "> 0.5"))) {
      assertThat(STREET.assertion(changed).judgementHash()).as(changed).isNotEqualTo(hash);
    }
    CheckedText retyped =
        new CheckedText(
            STREET
                .declarations()
                .replace("score double area rect", "score double area rect from a"),
            "camera");
    assertThat(retyped.assertion(MATCH).judgementHash()).isNotEqualTo(hash);
    assertThat(STREET.assertion(MATCH + "correct remove c level critical").judgementHash())
        .isEqualTo(hash);
  }

  private static Kind.Match match(String clauses) {
    return (Kind.Match) STREET.assertion(clauses).kind();
  }
}
