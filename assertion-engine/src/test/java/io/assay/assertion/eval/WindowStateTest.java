package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.assay.assertion.rule.ir.CheckedRules;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of windows as bytes: versioned, of one rule, and never half read. */
class WindowStateTest {
  private static final List<String> WINDOWS =
      List.of("tumbling 1h", "hopping 1h every 10min", "session 30s", "last 20 events");

  private static WindowJudge judge(String text) {
    CheckedRules rules = WindowTrial.rules(WindowTrial.STREAM + text);
    return WindowJudge.of(rules, rules.streams().getFirst(), "default").getFirst();
  }

  private static String rule(String window, String told) {
    return "assertion a on loans { by region window %s expect mean(score) < 0.5 explain \"%s\" }"
        .formatted(window, told);
  }

  private static byte[] stored(String window) {
    WindowJudge judge = judge(rule(window, "{mean(score)}"));
    WindowTrial trial = WindowTrial.of(rule(window, "{mean(score)}"));
    for (int i = 0; i < 60; i++) {
      trial.count(0, i * 1000L, "\"score\":0.25,\"region\":\"r%d\"".formatted(i % 3));
    }
    trial.handOn(0, 1);
    byte[] bytes = trial.bytes();
    assertThat(judge.snapshot(judge.restoreState(bytes))).isEqualTo(bytes);
    return bytes;
  }

  @Test
  void aStateOfAnotherVersionIsRefused() {
    for (String window : WINDOWS) {
      byte[] bytes = stored(window);
      bytes[0] = WindowCodec.VERSION + 1;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> judge(rule(window, "{mean(score)}")).restoreState(bytes))
          .withMessage(
              "the state of a window needs version %d or older, got %d",
              WindowCodec.VERSION, WindowCodec.VERSION + 1);
    }
  }

  @Test
  void aStateOfAnotherRuleIsRefused() {
    byte[] bytes = stored("tumbling 1h");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge(rule("tumbling 2h", "{mean(score)}")).restoreState(bytes))
        .withMessage("the state of a window is of another rule");
  }

  @Test
  void anotherSentenceIsTheSameRuleAndOpenWindowsGoOn() {
    for (String window : WINDOWS) {
      WindowJudge judge = judge(rule(window, "{max(score)} of {count}"));
      WindowState state = judge.restoreState(stored(window));
      byte[] snapshot = judge.snapshot(state);
      assertThat(judge.snapshot(judge.restoreState(snapshot))).isEqualTo(snapshot);
      assertThat(judge.snapshot(state)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aStateThatIsCutAnywhereIsRefused(int place) {
    String window = WINDOWS.get(place);
    byte[] bytes = stored(window);
    WindowJudge judge = judge(rule(window, "{mean(score)}"));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatIllegalArgumentException()
          .as("%d of %d bytes", length, bytes.length)
          .isThrownBy(() -> judge.restoreState(cut));
    }
  }
}
