package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final String SUNDAY = "timestamp(\"2026-03-29T23:45:00Z\")";

  @Test
  void theTimeOfDayIsUtcUnlessAZoneIsGiven() {
    assertThat(value("hour(%s)".formatted(SUNDAY))).isEqualTo(23L);
    assertThat(value("minute(%s)".formatted(SUNDAY))).isEqualTo(45L);
    assertThat(value("hour(timestamp(\"1969-12-31T22:10:00Z\"))")).isEqualTo(22L);
    assertThat(value("weekday(%s)".formatted(SUNDAY))).isEqualTo(0L);
    // Summer time began that night.
    assertThat(value("hour(%s, \"Europe/Berlin\")".formatted(SUNDAY))).isEqualTo(1L);
    assertThat(value("weekday(%s, \"Europe/Berlin\")".formatted(SUNDAY))).isEqualTo(1L);
    assertThat(value("minute(%s, \"05:30\")".formatted(SUNDAY))).isEqualTo(15L);
    assertThat(value("hour(%s, \"-09:30\")".formatted(SUNDAY))).isEqualTo(14L);
  }

  @Test
  void anUnknownZoneIsToldBeforeAnythingRuns() {
    assertThat(issue("hour(at, \"Europe/Berlim\")"))
        .isEqualTo("unknown time zone 'Europe/Berlim'; did you mean 'Europe/Berlin'?");
    assertThat(issue("at.getHours(\"here\")")).startsWith("unknown time zone 'here'; ");
  }
}
