package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsStateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"within 1s", "through at most 3 events", "within 2s through at most 9 events"})
  void forgetsWhatNothingCanReturnToAnyMore(String bounds) {
    Trial trial =
        Trial.of(
            """
            stream s from topic "t" { key k string  time at timestamp(millis)  label string }
            assertion a on s { returns label %s }
            """
                .formatted(bounds));
    trial.judge(event(0, "a"));
    for (int i = 1; i < 500; i++) {
      trial.judge(event(i, "b"));
    }
    assertThat(trial.key("v").history.size()).isLessThanOrEqualTo(12);
    trial.judge(event(500, "a"));
    assertThat(trial.violations).isEmpty();
    trial.judge(event(501, "b"), event(502, "a"));
    assertThat(trial.violations).hasSize(2);
  }

  private static String event(int number, String label) {
    return "{\"k\":\"v\",\"at\":%d,\"label\":\"%s\"}".formatted(number * 100, label);
  }
}
