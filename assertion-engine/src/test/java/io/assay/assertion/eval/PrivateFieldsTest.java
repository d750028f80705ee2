package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrivateFieldsTest {
  private static final String STREAM =
      """
      stream s from topic "t" {
        key k string
        time at timestamp(millis)
        boxes list {
          track string private
          name string
          age ratio? private
        }
      }
      """;

  private static final String[] GONE_FOR_A_FRAME = {
    "{\"k\":\"a\",\"at\":0,\"boxes\":[]}",
    "{\"k\":\"a\",\"at\":100,\"boxes\":[{\"track\":\"sec\\u2063ret\",\"name\":\"o\\u2063pen\"}]}",
    "{\"k\":\"a\",\"at\":200,\"boxes\":[]}",
    "{\"k\":\"a\",\"at\":300,\"boxes\":[{\"track\":\"sec\\u2063ret\",\"name\":\"o\\u2063pen\"}]}"
  };

  private static String masked(String text) {
    return text.replaceAll("\u2063[^\u2063]*\u2063", "*");
  }

  private static List<String> texts(Violation found) {
    return Stream.concat(
            Stream.of(found.sentence(), found.label(), found.subject()),
            found.values().stream().map(Violation.Value::value))
        .map(PrivateFieldsTest::masked)
        .toList();
  }

  @Test
  void aSentenceOfItsOwnMasksAPrivateNumberAndSaysItAsANumber() {
    Trial trial =
        Trial.of(
                STREAM
                    + """
                    assertion grown on s {
                      each b in boxes
                      expect b.age > 0.5 && b.track == "t" && b.name == "n"
                    }
                    """)
            .judge(
                "{\"k\":\"a\",\"at\":0,"
                    + "\"boxes\":[{\"track\":\"t\",\"name\":\"n\",\"age\":0.25}]}");
    String sentence = trial.found("grown").getFirst().sentence();
    assertThat(sentence)
        .contains("b.age = \u20630.25\u2063,")
        .contains("b.age > 0.5 = \u2063false\u2063,")
        .contains("b.track = \u2063\"t\"\u2063,")
        .endsWith("b.name == \"n\" = true");
    assertThat(masked(sentence)).doesNotContain("0.25", "false");
  }

  @Test
  void masksAnIdentityAndWhatALetMakesOfIt() {
    Trial trial =
        Trial.of(
                STREAM
                    + """
                    assertion gone on s {
                      each b in boxes
                      let who = b.track + "!"
                      identity b.track
                      absent less than 500ms
                      severity size(who) > 3 ? 1.0 : 0.5
                      explain "{b.name} is {who}"
                    }
                    """)
            .judge(GONE_FOR_A_FRAME);
    Violation found = trial.found("gone").getFirst();
    assertThat(found.sentence()).isEqualTo("open is \u2063secret!\u2063");
    assertThat(found.label()).isEqualTo("\u2063secret\u2063");
    assertThat(found.subject()).startsWith("\u2063secret\u2063@");
    assertThat(texts(found)).noneMatch(text -> text.contains("sec") || text.contains("ret"));
  }

  @Test
  void masksAnIdentityInTheSentenceThatTheKindHas() {
    Trial trial =
        Trial.of(
                STREAM
                    + """
                    assertion gone on s {
                      each b in boxes
                      identity b.track
                      absent less than 500ms
                    }
                    """)
            .judge(GONE_FOR_A_FRAME);
    assertThat(texts(trial.found("gone").getFirst()).getFirst()).contains("* was gone for 200ms");
  }

  @Test
  void masksAWrongValueWhereverTheSchemaTellsOfIt() {
    Trial trial =
        Trial.of(STREAM)
            .judge(
                "{\"k\":\"a\",\"at\":0,\"boxes\":[{\"track\":\"t\",\"name\":\"n\",\"age\":\"sec\\u2063ret\"}]}");
    Violation found = trial.found("schema").getFirst();
    assertThat(found.subject()).isEqualTo("boxes[0].age");
    assertThat(texts(found)).noneMatch(text -> text.contains("sec") || text.contains("ret"));
  }
}
