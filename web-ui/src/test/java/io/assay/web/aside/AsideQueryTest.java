package io.assay.web.aside;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in an address is what was meant, and comes back as it was. */
class AsideQueryTest {
  private static AsideQuery of(String name, String value) {
    return AsideQuery.of("default", Map.of(name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z",
    "2026-03-01T08:00:00.250z, 2026-03-01T08:00:00.250Z",
    "2026-03-01T08:00:00+01:00, 2026-03-01T07:00:00Z",
    "2026-03-01T08:00:00 01:00, 2026-03-01T07:00:00Z",
    "2026-03-01T08:00:00-05:00, 2026-03-01T13:00:00Z",
    "2026-03-01T08:00:00, 2026-03-01T08:00:00Z",
    "2026-03-01T08:00, 2026-03-01T08:00:00Z"
  })
  void timesAreTakenWithAnyOffset(String given, Instant meant) {
    AsideQuery query = of("since", given);
    assertThat(query.problems()).isEmpty();
    assertThat(query.filter().since()).isEqualTo(meant.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({"soon", "2026-03-01", "08:00:00Z", "2026-03-01T08:00:00 1:00"})
  void whatIsNoTimeIsToldAsItCame(String given) {
    assertThat(of("until", given).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem).contains("until needs a time such as", "got '" + given + "'"));
  }

  /** A redirect fills in what stands in braces; a plus in an address is a space. */
  @Test
  void whatMeansSomethingInAnAddressIsEncoded() {
    assertThat(of("stream", "{project}").query("", "")).isEqualTo("?stream=%7Bproject%7D");
    assertThat(of("source", "a+b & c=d").query("after", "2@17"))
        .isEqualTo("?source=a%2Bb%20%26%20c%3Dd&after=2%4017");
    assertThat(of("since", "2026-03-01T08:00:00+01:00").query("", ""))
        .isEqualTo("?since=2026-03-01T08%3A00%3A00%2B01%3A00");
    assertThat(of("stream", "").query("", "")).isEmpty();
  }

  @Test
  void howFarIsMeantGoesOnWithAReplayAndNotToTheList() {
    AsideQuery query = of("upTo", "0@17,1@25");
    assertThat(query.problems()).isEmpty();
    assertThat(query.goingOn("0@3")).isEqualTo("?upTo=0%4017%2C1%4025&after=0%403");
    assertThat(query.query("", "")).isEmpty();
    assertThat(of("upTo", "yesterday").problems())
        .containsExactly("upTo needs what a replay answers, such as 0@17,1@25, got 'yesterday'");
  }
}
