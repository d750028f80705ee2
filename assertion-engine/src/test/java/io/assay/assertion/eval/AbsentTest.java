package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.Violation.FrozenEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsentTest {
  private static String flicker(String bound) {
    return Frames.STREAM
        + """
        assertion flicker on camera "nobody vanishes and comes back" {
          each b in boxes where b.score >= 0.5
          identity b.track
          absent less than %s
          severity gap / 500ms
          explain "{b.label} {b.track} was gone for {gap}, {events} events"
        }
        """
            .formatted(bound);
  }

  @Test
  void findsAGapAtTheReturn() {
    Trial trial = Trial.of(flicker("500ms")).judge(Frames.of("t7 11011")).finish();
    assertThat(trial.violations).hasSize(1);
    Violation found = trial.violations.getFirst();
    assertThat(found.at()).isEqualTo(300_000_000L);
    assertThat(found.from()).isEqualTo(200_000_000L);
    assertThat(found.to()).isEqualTo(200_000_000L);
    assertThat(found.severity()).isEqualTo(0.4);
    assertThat(found.sentence()).isEqualTo("car t7 was gone for 200ms, 1 events");
    assertThat(found.label()).isEqualTo("t7");
    assertThat(found.subject()).isEqualTo("t7@0");
    assertThat(found.spanEvents()).hasSize(1);
    assertThat(found.events())
        .extracting(FrozenEvent::role)
        .containsExactly("before", "gap", "after");
    assertThat(found.events()).extracting(FrozenEvent::subjectIndex).containsExactly(0, -1, 0);
    assertThat(found.events().getFirst().fields())
        .isEqualTo(
            "{\"vehicle\":\"v\",\"at\":\"1970-01-01T00:00:00.100Z\",\"boxes\":[{\"track\":\"t7\","
                + "\"label\":\"car\",\"score\":0.9,\"area\":[10.0,10.0,40.0,30.0]}]}");
    assertThat(found.values())
        .contains(
            new Violation.Value("gap", "\"200ms\"", false),
            new Violation.Value("events", "1", false),
            new Violation.Value("absent less than", "\"500ms\"", true));
  }

  @ParameterizedTest
  @CsvSource({
    // bound, what is seen, violations
    "500ms, 1000010, 0", // 500 ms is not less than 500 ms
    "500ms, 100010, 1",
    "500ms, 101010, 2", // one a gap
    "500ms, 110000, 0", // gone for good
    "500ms, 010010, 1",
    "500ms, 1111, 0",
    "2 events, 101, 1", // j - i - 1 in 1 .. T - 1
    "2 events, 1001, 0",
    "4 events, 10001, 1",
    "4 events, 100001, 0",
    "1 events, 101, 0",
    "500ms, 1-1, 1" // not passing 'where' is not seen
  })
  void countsGapsShorterThanTheBound(String bound, String seen, int violations) {
    Trial trial = Trial.of(flicker(bound)).judge(Frames.of("a " + seen)).finish();
    assertThat(trial.violations).hasSize(violations);
  }

  @Test
  void startsANewLifeAfterTheBound() {
    Trial trial = Trial.of(flicker("3 events")).judge(Frames.of("a 1011000101")).finish();
    assertThat(trial.violations)
        .extracting(Violation::subject)
        .containsExactly("a@0", "a@700000000");
    assertThat(trial.count("flicker", Tally.JUDGED)).isEqualTo(2);
    assertThat(trial.count("flicker", Tally.VIOLATED)).isEqualTo(2);
  }

  @Test
  void tellsIdentitiesApartThatVanishTogether() {
    Trial trial = Trial.of(flicker("500ms")).judge(Frames.of("a 101", "b 101"));
    assertThat(trial.violations).extracting(Violation::label).containsExactly("a", "b");
    assertThat(trial.violations).extracting(Violation::id).doesNotHaveDuplicates();
  }

  @Test
  void countsLives() {
    Trial trial = Trial.of(flicker("2 events")).judge(Frames.of("a 10111", "b 11111", "c 11000"));
    assertThat(trial.count("flicker", Tally.SEEN)).isEqualTo(5);
    assertThat(trial.count("flicker", Tally.PASSED)).isEqualTo(4 + 5 + 2);
    assertThat(trial.count("flicker", Tally.HELD)).isEqualTo(1); // c, whose life is over
    assertThat(trial.count("flicker", Tally.VIOLATED)).isEqualTo(1);
    trial.finish();
    assertThat(trial.count("flicker", Tally.JUDGED)).isEqualTo(3);
    assertThat(trial.count("flicker", Tally.HELD)).isEqualTo(2);
  }

  @Test
  void isUndecidedWhereTheGapMayBeNone() {
    Trial trial = Trial.of(flicker("500ms")).judge(Frames.of("a 1?1"));
    assertThat(trial.found("flicker")).isEmpty();
    assertThat(trial.count("flicker", Tally.UNDECIDED)).isEqualTo(2); // the element, and the gap
    assertThat(trial.found("schema")).hasSize(1);
  }

  @Test
  void isUndecidedOfElementsWithoutIdentity() {
    Trial trial = Trial.of(flicker("500ms")).judge(Frames.of("null 101", "a 111"));
    assertThat(trial.violations).isEmpty();
    assertThat(trial.count("flicker", Tally.UNDECIDED)).isEqualTo(2);
  }

  @Test
  void takesAnEventWithoutItsListForNoEvidenceOfAbsence() {
    String[] frames = Frames.of("a 111");
    frames[1] = "{\"vehicle\":\"v\",\"at\":100}";
    Trial trial = Trial.of(flicker("500ms")).judge(frames);
    assertThat(trial.found("flicker")).isEmpty();
    assertThat(trial.count("flicker", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void takesTwoElementsOfOneIdentityForOneSighting() {
    Trial trial = Trial.of(flicker("500ms")).judge(Frames.of("a 101", "a 101"));
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void saysNothingWhereSeverityIsZero() {
    String rules = flicker("500ms").replace("gap / 500ms", "gap / 500ms - 0.4");
    Trial trial = Trial.of(rules).judge(Frames.of("a 101001")).finish();
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.violations.getFirst().severity())
        .isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void offersTheElementBeforeAndAfter() {
    String rules =
        Frames.STREAM
            + """
            assertion moved on camera "x" {
              each b in boxes
              identity b.track
              absent less than 1s
              severity distance(center(before.area), center(after.area))
              explain "{before.label} became {after.label}"
            }
            """;
    Trial trial =
        Trial.of(rules)
            .judge(
                Frames.frame(
                    0,
                    Frames.box("z", "1"),
                    "{\"track\":\"a\",\"label\":\"car\",\"score\":1,\"area\":[0,0,2,2]}"),
                Frames.frame(100),
                Frames.frame(
                    200, "{\"track\":\"a\",\"label\":\"van\",\"score\":1,\"area\":[3,4,2,2]}"));
    assertThat(trial.errors).isEmpty();
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.violations.getFirst().severity()).isEqualTo(5);
    assertThat(trial.violations.getFirst().sentence()).isEqualTo("car became van");
  }

  @Test
  void keepsFirstLastAndEvenlyBetweenOfALongGap() {
    Trial trial = Trial.of(flicker("1000s")).judge(Frames.of("a 1" + "0".repeat(5000) + "1"));
    Violation found = trial.violations.getFirst();
    List<FrozenEvent> events = found.events();
    assertThat(found.spanEvents()).hasSizeBetween(100, 5000);
    assertThat(events).hasSize(Violation.MOST_EVENTS);
    assertThat(events.getFirst().role()).isEqualTo("before");
    assertThat(events.getFirst().fields()).contains("\"track\":\"a\"");
    assertThat(events.getLast().role()).isEqualTo("after");
    assertThat(found.truncated()).isTrue();
    assertThat(io.assay.assertion.ViolationJson.write(found).length)
        .isLessThanOrEqualTo(Violation.MOST_BYTES);
  }
}
