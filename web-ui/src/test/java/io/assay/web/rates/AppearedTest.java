package io.assay.web.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.web.rates.RateQueries.Version;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where versions of a model stand among the steps of a chart. */
class AppearedTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aVersionStandsBetweenTheMomentsBetweenWhichItAppeared() {
    List<Instant> steps = List.of(START, START.plusSeconds(100), START.plusSeconds(500));
    assertThat(
            Appeared.among(
                steps,
                List.of(
                    at("before", -1),
                    at("with the first", 0),
                    at("early", 25),
                    at("with the second", 100),
                    at("late", 300),
                    at("after", 501))))
        .extracting(Appeared::version, Appeared::step, Appeared::place)
        .containsExactly(
            tuple("early", 1, 0.25), tuple("with the second", 1, 1.0), tuple("late", 2, 1.5));
  }

  @Test
  void amongFewerThanTwoMomentsNothingAppears() {
    assertThat(Appeared.among(List.of(), List.of(at("a", 1)))).isEmpty();
    assertThat(Appeared.among(List.of(START), List.of(at("a", 0), at("b", 1)))).isEmpty();
    assertThat(Appeared.among(List.of(START, START), List.of(at("a", 0)))).isEmpty();
  }

  @Test
  void inAPeriodAVersionStandsInItsStepWhereItsStreamIsShown() {
    Period period = Period.of(Range.HOUR, START, START);
    var shown = new Version("camera", "2", period.begin(7).plusSeconds(30));
    var other = new Version("lidar", "2", period.begin(7));
    var older = new Version("camera", "1", period.start().minusSeconds(1));
    assertThat(Appeared.in(period, Set.of("camera", "radar"), List.of(older, other, shown)))
        .extracting(Appeared::stream, Appeared::version, Appeared::step)
        .containsExactly(tuple("camera", "2", 7));
  }

  private static Version at(String version, long seconds) {
    return new Version("camera", version, START.plusSeconds(seconds));
  }
}
