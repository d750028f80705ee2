package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a violation tells whoever chooses what is labelled. */
class SampleValuesTest {
  private static final String STREAM =
      """
      stream camera from topic "t" {
        key vehicle string
        time at timestamp(millis)
        weather string?
        place string? private
        score ratio
        classes list<double>
        boxes list { track string? label string }
        slice night = hour(at) >= 21 || hour(at) < 6
      }
      """;

  private static List<Violation.Value> values(String clauses, String... events) {
    Trial trial = Trial.of(STREAM + "assertion judged on camera {\n" + clauses + "\n}").storing();
    trial.judge(events);
    assertThat(trial.errors).isEmpty();
    assertThat(trial.found("judged")).hasSize(1);
    return trial.found("judged").getFirst().values();
  }

  private static String event(long at, String classes, String... boxes) {
    return "{\"vehicle\":\"v\",\"at\":%d,\"weather\":\"rain\",\"place\":\"home\",\"score\":0.4,\"classes\":%s,\"boxes\":[%s]}"
        .formatted(at, classes, String.join(",", boxes));
  }

  @Test
  void anExpectationTellsTheStratumAndAllClassesUnrounded() {
    String classes =
        IntStream.range(0, 20).mapToObj(i -> "0.05").toList().toString().replace(" ", "");
    assertThat(
            values(
                "expect score > 0.5 sample uncertainty(entropy of classes) stratify by weather",
                event(0, classes)))
        .contains(
            new Violation.Value("camera.weather", "\"rain\"", false),
            new Violation.Value("camera.classes", classes, false));
  }

  @Test
  void aGapTellsThemToo() {
    String box = "{\"track\":\"t\",\"label\":\"car\"}";
    assertThat(
            values(
                "each b in boxes identity b.track absent less than 1s"
                    + " sample uncertainty(margin of classes) stratify by b.label",
                event(0, "[0.9,0.1]", box),
                event(100, "[0.8,0.2]"),
                event(200, "[0.7,0.3]", box)))
        .contains(
            new Violation.Value("b.label", "\"car\"", false),
            new Violation.Value("camera.classes", "[0.7,0.3]", false));
  }

  @Test
  void aSliceMayBeTheStratum() {
    assertThat(values("expect score > 0.5 sample random stratify by night", event(0, "[]")))
        .anySatisfy(
            value -> {
              assertThat(value.expression()).contains("getHours(camera.at)", "||");
              assertThat(value.value()).isEqualTo("true");
            });
  }

  @Test
  void whatIsPrivateIsMarked() {
    assertThat(values("expect score > 0.5 sample random stratify by place", event(0, "[]")))
        .contains(new Violation.Value("camera.place", "\"\u2063home\u2063\"", false));
  }
}
