package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Map<String, String> LABELS =
      Map.of("alertname", "flicker", "level", "critical", "vehicle", "v\"1\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\u0001',
      value = {
        "level=\"critical\";true",
        "level = critical;true",
        "level=\"crit\";false",
        "level!=\"critical\";false",
        "level!=\"warning\";true",
        "level=~\"crit.*|warning\";true",
        "level=~\"crit\";false",
        "alertname!~\"fl.*\";false",
        "alertname!~\"appear\";true",
        "model=\"\";true",
        "model!=\"\";false",
        "vehicle=\"v\\\"1\\\\\";true",
      })
  void matchesAsAlertmanagerDoes(String matcher, boolean matches) {
    assertThat(LabelMatcher.read(matcher).matches(LABELS)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"level=\"critical\"", "level!~\"a|b\"", "v=\"q\\\"\\\\\"", "x=~\"\\\\d+\""})
  void readsWhatItWrites(String text) {
    LabelMatcher read = LabelMatcher.read(text);
    assertThat(read.written()).isEqualTo(text);
    assertThat(LabelMatcher.read(read.written()).value()).isEqualTo(read.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alertname=\"flicker\", level=\"critical\"",
        "level=\"critical",
        "level=critical\"",
        "{level=\"critical\"}",
        "level=\"a\\\"",
      })
  void refusesWhatWouldNeverMatch(String text) {
    assertThatThrownBy(() -> LabelMatcher.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one matcher such as level=\"critical\" was needed")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level", "=\"x\"", "le vel=\"x\"", "level=~\"(\"", "level!x"})
  void refusesWhatIsNoMatcher(String text) {
    assertThatThrownBy(() -> LabelMatcher.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lastsFromItsStartUntilItsEnd() {
    var silence =
        new Silence(
            List.of(LabelMatcher.read("level=critical")), NOW, NOW.plus(Duration.ofHours(1)));
    assertThat(silence.silences(LABELS, NOW.minusSeconds(1))).isFalse();
    assertThat(silence.silences(LABELS, NOW)).isTrue();
    assertThat(silence.silences(LABELS, NOW.plusSeconds(3600))).isFalse();
    assertThat(silence.silences(Map.of("level", "info"), NOW)).isFalse();
  }

  @Test
  void refusesToSilenceEverything() {
    assertThatThrownBy(
            () -> new Silence(List.of(LabelMatcher.read("level=~\".*\"")), NOW, NOW.plusSeconds(1)))
        .hasMessageContaining("a matcher that an alert without labels does not match")
        .hasMessageContaining("level=~\".*\"");
  }
}
