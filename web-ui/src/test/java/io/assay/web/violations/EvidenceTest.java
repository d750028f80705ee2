package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is written of a violation, for people. */
class EvidenceTest {
  private static Evidence evidence(String expression, String value) {
    String record =
        "{\"values\":[{\"expression\":\"%s\",\"value\":%s}]}".formatted(expression, value);
    return Evidence.of(JsonMapper.shared().readTree(record), true);
  }

  @ParameterizedTest
  @CsvSource({
    "0.674199776980582, 0.6742",
    "1.2568367351009889e-5, 0.0000125684",
    "1.2568367351009889e-12, 1.25684E-12",
    "632.25, 632.25",
    "1182, 1182",
    "123456789012, 123456789012",
    "'\"300ms\"', 300ms",
    "true, true",
    "'[\"scorer\",\"ranker\"]', 'scorer, ranker'",
    "'[[1],[2]]', '[[1],[2]]'",
  })
  void aValueIsShownAsPeopleWriteIt(String json, String shown) {
    assertThat(evidence("x", json).values().getFirst().shown()).isEqualTo(shown);
  }

  @Test
  void aSpanOfHoursIsNotToldInSeconds() {
    assertThat(ViolationView.lasting(Duration.ofMillis(300).toNanos())).isEqualTo("300 ms");
    assertThat(ViolationView.lasting(Duration.ofSeconds(90).toNanos())).isEqualTo("90.0 s");
    assertThat(ViolationView.lasting(Duration.ofMinutes(30).toNanos())).isEqualTo("30 min");
    assertThat(ViolationView.lasting(Duration.ofHours(2).toNanos())).isEqualTo("2 h");
    assertThat(ViolationView.lasting(Duration.ofDays(7).toNanos())).isEqualTo("7 d");
  }

  @Test
  void theSubjectIsANameAndWhenItsLifeBegan() {
    ViolationRow track = row("v1", "t946@1795808928637000000", "t946");
    assertThat(track.subjectName()).isEqualTo("t946");
    assertThat(track.subjectSince()).contains(Moment.ofNanos(1795808928637000000L));
    assertThat(track.whose()).isEqualTo("v1");
    ViolationRow pair = row("v1", "lidar[4]", "lidar 4");
    assertThat(pair.subjectName()).isEqualTo("lidar[4]");
    assertThat(pair.subjectSince()).isEmpty();
    assertThat(row("", "region east 2026-11-27T14:00:00Z", "region east").whose())
        .isEqualTo("region east");
  }

  @Test
  void whatHasNoFramesLeadsToWhereThereIsMore() {
    ViolationRow window = row("", "region east 2026-11-27T14:00:00Z", "region east");
    assertThat(Beyond.of(window, evidence("psi(income, baseline(last 12h))", "0.7")))
        .isEqualTo(Beyond.DISTRIBUTIONS);
    assertThat(Beyond.of(window, evidence("auc(risk, truth)", "0.6"))).isEqualTo(Beyond.TRUTH);
    assertThat(Beyond.of(row("r005", "r005 against r004", "r005"), evidence("eis", "0.1")))
        .isEqualTo(Beyond.RELEASE);
    assertThat(Beyond.of(row("v1", "", ""), evidence("silent", "1"))).isEqualTo(Beyond.NOWHERE);
  }

  private static ViolationRow row(String key, String subject, String label) {
    Moment at = new Moment(Instant.parse("2026-11-27T19:48:51Z"));
    return new ViolationRow(
        LocalDate.parse("2026-11-27"),
        "35040a98548fac058f4a0a68c13e814d",
        "flicker",
        "",
        "camera",
        key,
        subject,
        label,
        at,
        at,
        at,
        1,
        Level.WARNING,
        Mode.ACTIVE,
        "gone",
        "",
        "live",
        "");
  }
}
