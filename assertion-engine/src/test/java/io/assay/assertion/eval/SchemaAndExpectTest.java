package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import org.junit.jupiter.api.Test;

class SchemaAndExpectTest {
  private static final String SANE =
      Frames.STREAM
          + """
          assertion sane on camera "boxes are plausible" {
            each b in boxes where b.label == "car"
            expect sure: b.score >= 0.5
            expect b.area.width > 0px
            severity 1 - b.score
          }
          """;

  private static String box(String label, double score, String area) {
    return "{\"label\":\"%s\",\"score\":%s,\"area\":%s}".formatted(label, score, area);
  }

  @Test
  void judgesEveryElementByEveryLine() {
    Trial trial =
        Trial.of(SANE)
            .judge(
                Frames.frame(
                    0,
                    box("car", 0.9, "[0,0,4,4]"),
                    box("dog", 0.1, "[0,0,4,4]"),
                    box("car", 0.25, "[0,0,0,4]")));
    assertThat(trial.violations)
        .extracting(Violation::expectation, Violation::subject, Violation::severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("sure", "[2]", 0.75),
            org.assertj.core.groups.Tuple.tuple("2", "[2]", 0.75));
    assertThat(trial.violations).extracting(Violation::id).doesNotHaveDuplicates();
    Violation found = trial.violations.getFirst();
    assertThat(found.values())
        .contains(
            new Violation.Value("b.score", "0.25", false), new Violation.Value("0.5", "0.5", true));
    assertThat(found.events().getFirst().role()).isEqualTo("at");
    assertThat(found.events().getFirst().subjectIndex()).isEqualTo(2);
    assertThat(trial.count("sane", Tally.SEEN)).isEqualTo(1);
    assertThat(trial.count("sane", Tally.PASSED)).isEqualTo(2);
    assertThat(trial.count("sane", Tally.JUDGED)).isEqualTo(4);
    assertThat(trial.count("sane", Tally.HELD)).isEqualTo(2);
  }

  @Test
  void withoutASentenceSaysWhatWasAskedAndWhatCame() {
    Trial trial =
        Trial.of(SANE)
            .judge(Frames.frame(0, box("car", 0.9, "[0,0,4,4]"), box("car", 0.25, "[0,0,4,4]")));

    assertThat(trial.violations.getFirst().sentence())
        .isEqualTo(
            "boxes are plausible: sure, `b.score >= 0.5` does not hold of element 1:"
                + " b.score = 0.25");
  }

  @Test
  void withoutASentenceStillMasks() {
    Trial trial =
        Trial.of(
                """
                stream s from topic "t" { key k string  time at timestamp(millis)  age int private  name string }
                assertion adult on s { expect age >= 18 || name == "x" }
                """)
            .judge("{\"k\":\"a\",\"at\":0,\"age\":7,\"name\":\"\u2063y\u2063\"}");

    assertThat(trial.violations.getFirst().sentence())
        .contains("age = \u20637\u2063", "does not hold of the event: ")
        .endsWith("name = \u2063\"y\"\u2063");
  }

  @Test
  void judgesTheRestOfAnEventWithAWrongValue() {
    Trial trial =
        Trial.of(SANE)
            .judge(Frames.frame(0, box("car", 1.02, "[0,0,4,4]"), box("car", 0.2, "[0,0,-4,4]")));
    assertThat(trial.found("schema"))
        .extracting(Violation::subject)
        .containsExactly("boxes[0].score", "boxes[1].area");
    Violation schema = trial.found("schema").getFirst();
    assertThat(schema.sentence()).isEqualTo("boxes[0].score needs a number in 0 .. 1, came 1.02");
    assertThat(schema.level()).isEqualTo(Level.WARNING);
    assertThat(schema.mode()).isEqualTo(Mode.ACTIVE);
    assertThat(schema.events().getFirst().subjectIndex()).isZero();
    assertThat(schema.events().getFirst().fields()).contains("\"score\":1.02");
    // box 0 has no score to judge, box 1 no area: of four verdicts one is left
    assertThat(trial.count("sane", Tally.UNDECIDED)).isEqualTo(2);
    assertThat(trial.found("sane")).extracting(Violation::expectation).containsExactly("sure");
  }

  @Test
  void masksAPrivateValue() {
    Trial trial =
        Trial.of(
                """
                stream s from topic "t" { key k string  time at timestamp(millis)  age ratio private }
                """)
            .judge("{\"k\":\"a\",\"at\":0,\"age\":7}");
    assertThat(trial.violations.getFirst().sentence()).endsWith("came \u20637\u2063");
  }

  /**
   * A missing value equals nothing, so a comparison of it is false: that is not held against it.
   */
  @Test
  void whenPresentForgivesWhateverIsMissing() {
    String rules =
        """
        stream s from topic "t" { key k string  time at timestamp(millis)  a string?  b double? }
        assertion equal on s { expect a == "x" when present }
        assertion both on s { expect a == "x" && b > 1.0 when present }
        assertion named on s { let twice = b * 2.0  expect a == "x" && twice == 4.0 when present }
        """;
    Trial trial =
        Trial.of(rules)
            .judge(
                "{\"k\":\"x\",\"at\":0,\"b\":0}",
                "{\"k\":\"x\",\"at\":1,\"a\":\"x\"}",
                "{\"k\":\"x\",\"at\":2,\"a\":\"y\"}",
                "{\"k\":\"x\",\"at\":3,\"a\":\"y\",\"b\":0}");
    assertThat(trial.found("equal")).hasSize(2);
    assertThat(trial.found("both")).hasSize(1);
    assertThat(trial.found("named")).hasSize(1);
  }

  @Test
  void absorbsMissingValues() {
    String rules =
        """
        stream s from topic "t" { key k string  time at timestamp(millis)  a double?  b double? }
        assertion present on s { expect a > 1.0 when present }
        assertion either on s { expect a > 1.0 || b > 1.0 }
        assertion none on s { expect a == null || a > 1.0 }
        assertion it on s { expect has(a) }
        assertion bare on s { expect a > 1.0 }
        """;
    Trial trial =
        Trial.of(rules)
            .judge(
                "{\"k\":\"x\",\"at\":0,\"b\":2}",
                "{\"k\":\"x\",\"at\":1,\"b\":0}",
                "{\"k\":\"x\",\"at\":2,\"a\":\"?\",\"b\":0}");
    assertThat(trial.found("present")).isEmpty();
    assertThat(trial.count("present", Tally.UNDECIDED)).isEqualTo(1); // came, but is no number
    assertThat(trial.count("either", Tally.HELD)).isEqualTo(1);
    assertThat(trial.count("either", Tally.UNDECIDED)).isEqualTo(2);
    assertThat(trial.count("none", Tally.HELD)).isEqualTo(2);
    assertThat(trial.count("bare", Tally.UNDECIDED)).isEqualTo(3);
    assertThat(trial.found("it")).hasSize(2);
    assertThat(trial.errors).isEmpty();
  }
}
