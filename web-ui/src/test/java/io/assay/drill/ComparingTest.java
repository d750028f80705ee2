package io.assay.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.drill.Reference.Judged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a drill would tell what it is there to tell. */
class ComparingTest {
  private final Comparing comparing =
      new Comparing(new Judged(Map.of("a", bytes("first"), "b", bytes("second")), Map.of()));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void nothingIsToldWhereEachCameOnceAsItIs() {
    comparing.topic(Map.of("a", List.of(bytes("first")), "b", List.of(bytes("second"))), List.of());
    comparing.sent(2, 2);
    assertThat(comparing.found()).isEmpty();
  }

  @Test
  void whatIsLostOrTooMuchIsTold() {
    comparing.topic(Map.of("a", List.of(bytes("first")), "c", List.of(bytes("third"))), List.of());
    assertThat(comparing.found())
        .containsExactly("1 lost violations: b", "1 violations that the backtest does not find: c");
  }

  @Test
  void whatIsDoubledOtherOrOutOfOrderIsTold() {
    comparing.topic(
        Map.of("a", List.of(bytes("first"), bytes("first")), "b", List.of(bytes("sec0nd"))),
        List.of("v7"));
    assertThat(comparing.found())
        .satisfiesExactly(
            doubled -> assertThat(doubled).isEqualTo("1 doubled violations: a"),
            other -> assertThat(other).contains("other bytes", "'sec0nd' where 'second' is right"),
            disordered -> assertThat(disordered).contains("out of order: v7"));
  }

  @Test
  void eventsThatDidNotArriveAreTold() {
    comparing.sent(100, 99);
    assertThat(comparing.found()).containsExactly("the topic has 99 events, 100 were sent");
  }
}
