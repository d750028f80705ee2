package io.assay.web.backtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.violations.PrivateText;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static List<Violation> flickers;

  @BeforeAll
  static void judge() {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    flickers =
        JudgedStreet.drive("default", 7, start, 900).violations().stream()
            .filter(one -> one.assertion().equals("flicker"))
            .toList();
    assertThat(flickers).isNotEmpty();
  }

  private static List<BacktestFigures.Sample> kept(Set<String> hidden) {
    Samples samples = Samples.ofSo(1, hidden);
    flickers.forEach(one -> samples.add(one, true));
    return Stream.concat(samples.first("flicker").stream(), samples.worst("flicker").stream())
        .toList();
  }

  @Test
  void aPrivateKeyIsMarkedSoThatWhatIsKeptIsMasked() {
    assertThat(kept(Set.of("camera")))
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(PrivateText.shown(one.key(), false)).isEqualTo("\u2022\u2022\u2022");
              assertThat(PrivateText.shown(one.key(), true)).matches("v[0-9]+");
            });
  }

  @Test
  void aKeyThatEverybodyMaySeeStaysAsItIs() {
    assertThat(kept(Set.of("lidar")))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.key()).matches("v[0-9]+"));
  }
}
