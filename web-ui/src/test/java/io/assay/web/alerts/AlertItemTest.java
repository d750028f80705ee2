package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.alert.Alert;
import io.assay.assertion.alert.AlertState;
import io.assay.assertion.alert.AlertTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertItemTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final AlertTerms AT_ONCE =
      new AlertTerms(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));

  private static Instant since(AlertState state) {
    var alert =
        new Alert(
            "f",
            "r",
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            state,
            Optional.empty(),
            Optional.empty());
    return AlertItem.of(alert, List.of(), NOON.plusSeconds(3600)).since();
  }

  @Test
  void saysSinceWhenItIsWhatItIs() {
    AlertState fires = AlertState.NONE.step(true, NOON, AT_ONCE);
    AlertState over = fires.step(false, NOON.plusSeconds(60), AT_ONCE);
    assertThat(since(fires)).isEqualTo(NOON);
    assertThat(since(over)).isEqualTo(NOON.plusSeconds(60));
    var patient = new AlertTerms(Duration.ofMinutes(5), Duration.ZERO, Duration.ofHours(1));
    assertThat(since(over.step(true, NOON.plusSeconds(90), patient)))
        .isEqualTo(NOON.plusSeconds(90));
  }
}
