package io.assay.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.event.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViolationJsonTest {
  private static final Violation VIOLATION =
      new Violation(
          "0123",
          "default",
          "flicker",
          "abcd",
          "",
          "camera",
          "v1",
          "t7@100",
          "t7",
          200,
          300,
          400,
          "e4",
          0.4,
          Level.CRITICAL,
          Mode.SHADOW,
          "car \u2063\"t7\"\u2063 wäs gone\nfor 200ms",
          List.of(
              new Violation.Value("gap", "\"200ms\"", false),
              new Violation.Value("b.area", "[1.5, 2,{\"x\":null}]", true)),
          List.of(
              new Violation.FrozenEvent(
                  "e1", 100, "lidar", "before", -1, "{\"boxes\":[{\"a\":1}]}")),
          List.of(new Violation.EventReference("e2", 200, new Coordinates("t", 3, 1L << 40))),
          Optional.of("v2"),
          "0099",
          List.of(new Violation.Corrected("e2", 200, List.of("insert"), "{\"boxes\":[{\"a\":2}]}")),
          true);

  @Test
  void readsWhatItWrote() {
    byte[] bytes = ViolationJson.write(VIOLATION);
    assertThat(ViolationJson.read(bytes)).isEqualTo(VIOLATION);
    assertThat(ViolationJson.write(ViolationJson.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void writesFieldsAndValuesAsJsonWithin() {
    String text = new String(ViolationJson.write(VIOLATION), StandardCharsets.UTF_8);
    assertThat(text).contains("\"fields\":{\"boxes\":[{\"a\":1}]}").contains("\"value\":\"200ms\"");
  }

  @Test
  void readsReorderedAndSpacedJsonWithNamesOfLaterVersions() {
    String text = new String(ViolationJson.write(VIOLATION), StandardCharsets.UTF_8);
    String spaced =
        "{ \"later\": {\"a\": [1]}, "
            + text.substring(1).replace(":[", ": [ ").replace("\"e1\",", "\"e1\" , ");
    Violation read = ViolationJson.read(spaced.getBytes(StandardCharsets.UTF_8));
    assertThat(read.id()).isEqualTo("0123");
    assertThat(read.events().getFirst().id()).isEqualTo("e1");
    assertThat(read.spanEvents()).isEqualTo(VIOLATION.spanEvents());
  }

  @Test
  void tellsWhatIsNoViolation() {
    assertThatThrownBy(() -> ViolationJson.read("[]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needed the JSON of a violation");
    assertThatThrownBy(() -> ViolationJson.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'id'");
    assertThatThrownBy(() -> ViolationJson.read("{\"id\":".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
