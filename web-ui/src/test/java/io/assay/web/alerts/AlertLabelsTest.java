package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.alert.AlertReading;
import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertRules;
import io.assay.assertion.alert.AlertSighting;
import io.assay.assertion.alert.OpenEpisode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertLabelsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Map<String, String> labels(String key, String more, String groupBy) {
    return labels(key, "string", more, groupBy);
  }

  private static Map<String, String> labels(String key, String type, String more, String groupBy) {
    AlertRule rule =
        AlertRules.of(
                AlertTables.rules(
                    """
                    stream camera from topic "av.camera" { key %s %s  time at timestamp(millis)  score ratio  %s }
                    assertion low on camera { expect score >= 0.5  mode active  alert when open for 10s to people }
                    route people { to slack("alerts")  group by %s }
                    """
                        .formatted(key, type, more, groupBy)))
            .getFirst();
    var shown =
        new AlertEpisodes.Shown(
            new OpenEpisode("e", NOON, NOON, "k1", ""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("{\"project\":\"forged\",\"lane\":3,\"level\":\"high\"}"));
    AlertSighting sighting =
        AlertSighting.of(rule, "default", new AlertReading(true, "open for 10s", "less"));
    for (Map.Entry<String, String> label : AlertLabels.of(rule, shown).entrySet()) {
      sighting = sighting.labelled(label.getKey(), label.getValue());
    }
    return sighting.labels();
  }

  @Test
  void theKeyAndFieldsAreLabels() {
    assertThat(labels("vehicle", "lane int", "vehicle, lane"))
        .containsEntry("vehicle", "k1")
        .containsEntry("lane", "3");
  }

  @Test
  void whatIsPrivateIsNoLabel() {
    assertThat(labels("vehicle", "lane int private", "vehicle, lane")).doesNotContainKey("lane");
    assertThat(labels("vehicle", "string private", "lane int", "vehicle, lane"))
        .doesNotContainKey("vehicle")
        .doesNotContainValue("k1")
        .containsEntry("lane", "3");
  }

  @Test
  void noFieldTakesThePlaceOfWhatAnAlertIsKnownBy() {
    assertThat(labels("condition", "project string", "condition, project"))
        .containsEntry("condition", "open for 10s")
        .containsEntry("project", "default");
    assertThat(labels("stream", "level string", "stream, level"))
        .containsEntry("stream", "camera")
        .containsEntry("level", "warning");
    assertThat(labels("alertname", "model string", "alertname, model"))
        .containsEntry("alertname", "low")
        .doesNotContainKey("model");
  }
}
