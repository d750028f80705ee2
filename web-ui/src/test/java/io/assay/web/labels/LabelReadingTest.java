package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.LabelRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelReadingTest {
  private static final Instant NOW = Instant.parse("2027-02-01T00:00:00Z");

  @Test
  void aLabelWithEverything() {
    LabelRecord label =
        label(
            """
            {"id":"n1","prediction":"e1","stream":"camera","verdict":"no-error","fields":{"a":1},
             "scope":{"classes":["car"],"fields":["a"]},"weight":0.25,"by":"rita",
             "at":"2027-01-31T12:00:00Z"}\
            """);
    assertThat(label.id()).isEqualTo("n1");
    assertThat(label.verdict()).isEqualTo("no-error");
    assertThat(label.fields()).hasToString("{\"a\":1}");
    assertThat(label.classes()).containsExactly("car");
    assertThat(label.looked()).containsExactly("a");
    assertThat(label.weight()).isEqualTo(0.25);
    assertThat(label.by()).isEqualTo("rita");
    assertThat(label.atMillis()).isEqualTo(Instant.parse("2027-01-31T12:00:00Z").toEpochMilli());
  }

  @Test
  void whatIsNotSaidIsFilledIn() {
    LabelRecord label = label("{\"prediction\":7,\"verdict\":\"error\"}");
    assertThat(label.prediction()).isEqualTo("7");
    assertThat(label.by()).isEqualTo("a program");
    assertThat(label.atMillis()).isEqualTo(NOW.toEpochMilli());
    assertThat(label.weight()).isEqualTo(1);
    assertThat(label.fields().isNull()).isTrue();
  }

  @Test
  void theSameSayingHasTheSameId() {
    String said = "{\"prediction\":\"e1\",\"verdict\":\"error\"}";
    assertThat(label(said).id()).hasSize(32).isEqualTo(label(said).id());
    assertThat(label("{\"prediction\":\"e2\",\"verdict\":\"error\"}").id())
        .isNotEqualTo(label(said).id());
    assertThat(label("{\"prediction\":\"e1\",\"verdict\":\"error\",\"by\":\"b\"}").id())
        .isNotEqualTo(label(said).id());
  }

  @Test
  void allThatIsWrongIsSaid() {
    assertThat(problems("[1]")).containsExactly("needed an object, got a list");
    assertThat(problems("{")).containsExactly("it is not JSON");
    assertThat(problems("{\"pred\":1}"))
        .satisfiesExactly(
            unknown -> assertThat(unknown).startsWith("unknown 'pred'; a label has at, by, "),
            none -> assertThat(none).isEqualTo("needs 'prediction', the id of an event"),
            empty -> assertThat(empty).isEqualTo("needs a 'verdict' or 'fields'"));
    assertThat(
            problems(
                "{\"prediction\":{},\"verdict\":\"bad\",\"fields\":[],\"weight\":2,"
                    + "\"scope\":{\"classes\":\"car\"},\"at\":\"now\"}"))
        .hasSize(7);
  }

  @Test
  void whatSaysNothingOrNarrowsNothingIsNoLabel() {
    assertThat(problems("")).containsExactly("needed an object, got nothing");
    assertThat(problems("{\"prediction\":\"e1\",\"fields\":{}}"))
        .containsExactly("'fields' needs what the event should have had, got nothing");
    assertThat(
            problems(
                "{\"prediction\":\"e1\",\"verdict\":\"error\",\"scope\":{\"class\":[\"car\"]}}"))
        .as("else the label would speak of everything")
        .first()
        .asString()
        .startsWith("'scope' needs an object with lists of texts, 'classes' and 'fields', got ");
  }

  private static LabelRecord label(String json) {
    return switch (read(json)) {
      case LabelReading.Label(LabelRecord label) -> label;
      case LabelReading.Unreadable unreadable -> throw new AssertionError(unreadable);
    };
  }

  private static List<String> problems(String json) {
    return switch (read(json)) {
      case LabelReading.Label label -> throw new AssertionError(label);
      case LabelReading.Unreadable(List<String> problems) -> problems;
    };
  }

  private static LabelReading read(String json) {
    return LabelReading.read("default", json.getBytes(UTF_8), "a program", "api", NOW);
  }
}
