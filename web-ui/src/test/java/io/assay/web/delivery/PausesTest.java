package io.assay.web.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
  @Test
  void pausesDoubleUntilItIsDead() {
    Pauses pauses = Pauses.of("x", 4, s(30), s(100));
    assertThat(pauses.after(1)).hasValue(s(30));
    assertThat(pauses.after(2)).hasValue(s(60));
    assertThat(pauses.after(3)).hasValue(s(100));
    assertThat(pauses.after(4)).isEmpty();
  }

  @Test
  void pausesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Pauses.of("x", 0, s(1), s(1))).hasMessageContaining("got 0");
    assertThatThrownBy(() -> Pauses.of("x", 101, s(1), s(1))).hasMessageContaining("got 101");
    assertThatThrownBy(() -> Pauses.of("x", 1, s(2), s(1)))
        .hasMessage("x needs 0 < first-pause <= longest-pause, got PT2S and PT1S");
  }

  private static Duration s(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
