package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.RateGate.Checked;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateGateTest {
  private static final RateGate GATE = gate("0.05", "0", 1, "0.2");

  private static RateGate gate(String limit, String zero, long least, String undecided) {
    return new RateGate(
        Map.of("flicker", new BigDecimal(limit)),
        new BigDecimal(zero),
        least,
        new BigDecimal(undecided));
  }

  private static BacktestReport report(long violated, long judged, long undecided) {
    var flicker = result("flicker", violated, judged, undecided, Optional.empty());
    var other = result("other", judged, judged, 0, Optional.empty());
    return new BacktestReport(List.of(flicker, other), judged, 1, 0, 0, 0, 0);
  }

  private static AssertionResult result(
      String name, long violated, long judged, long undecided, Optional<String> error) {
    return new AssertionResult(
        name, violated, judged, judged, judged, violated, undecided, 0, 0, 1, false, error,
        List.of());
  }

  private static Checked check(RateGate gate, BacktestReport before, BacktestReport after) {
    List<Checked> results = gate.check(before, after);
    assertThat(results).singleElement().extracting(Checked::assertion).isEqualTo("flicker");
    return results.getFirst();
  }

  /**
   * Limits are exact: 100 of 1,000 may become 105 of 1,000, not 106; nor 1,050,001 of a million.
   */
  @ParameterizedTest
  @CsvSource({
    "100, 1000, 100, 1000, true",
    "100, 1000, 105, 1000, true",
    "100, 1000, 106, 1000, false",
    "1000000, 10000000, 1050000, 10000000, true",
    "1000000, 10000000, 1050001, 10000000, false",
    "100, 1000, 0, 1, true",
    "1, 3, 7, 20, true",
    "0, 1000, 0, 1000, true",
    "0, 1000, 1, 1000, false"
  })
  void aRateMayRiseByTheLimit(long v, long n, long v2, long n2, boolean passes) {
    assertThat(check(GATE, report(v, n, 0), report(v2, n2, 0)).passes()).isEqualTo(passes);
  }

  @Test
  void saysByHowMuchItRose() {
    Checked checked = check(GATE, report(10, 100, 0), report(15, 100, 0));

    assertThat(checked.failures()).containsExactly("the rate rose by 50.00 %, more than 5 %");
    assertThat(checked.rise().getAsDouble())
        .isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(checked.difference().orElseThrow().low()).isNegative();
  }

  @Test
  void whatWasZeroMayBecomeSomethingOnlyWhereThatIsSaid() {
    BacktestReport none = report(0, 1000, 0);

    assertThat(check(GATE, none, report(1, 1000, 0)).failures())
        .containsExactly("the rate was 0 and became 0.10 %, more than 0 %");
    assertThat(check(gate("0.05", "0.001", 1, "0.2"), none, report(1, 1000, 0)).passes()).isTrue();
    assertThat(check(gate("0.05", "0.001", 1, "0.2"), none, report(2, 1000, 0)).passes()).isFalse();
  }

  /** Fourteen lives that flicker, each of them often: no rate can rise from there. */
  @Test
  void whatIsViolatedMoreOftenFailsThoughItsRateFell() {
    Checked checked = check(GATE, lives(14, 14, 63, 3000), lives(22, 25, 212, 2900));

    assertThat(checked.failures())
        .containsExactly("the frequency of violations rose by 248.11 %, more than 5 %");
    assertThat(checked.rise().getAsDouble()).isNegative();
  }

  /** In a busier scene there is more of everything. */
  @Test
  void moreViolationsOfMoreSightingsAreNoRise() {
    assertThat(check(GATE, lives(5, 10, 20, 1000), lives(10, 20, 40, 2000)).failures()).isEmpty();
    assertThat(check(GATE, lives(5, 10, 20, 1000), lives(10, 20, 42, 2000)).failures()).isEmpty();
    assertThat(check(GATE, lives(5, 10, 20, 1000), lives(10, 20, 43, 2000)).failures())
        .containsExactly("the frequency of violations rose by 7.50 %, more than 5 %");
  }

  private static BacktestReport lives(long violated, long judged, long violations, long looked) {
    var flicker =
        new AssertionResult(
            "flicker",
            violations,
            500,
            looked,
            judged,
            violated,
            0,
            0,
            0,
            1,
            true,
            Optional.empty(),
            List.of());
    return new BacktestReport(List.of(flicker), 500, 1, 0, 0, 0, 0);
  }

  @Test
  void nothingJudgedIsNeverAPass() {
    assertThat(check(GATE, report(1, 10, 0), report(0, 0, 0)).failures())
        .containsExactly("after: nothing was judged");
    assertThat(check(GATE, report(0, 0, 0), report(0, 10, 0)).failures())
        .containsExactly("before: nothing was judged");
  }

  @Test
  void tooFewUnitsAreNoEvidence() {
    RateGate gate = gate("0.05", "0", 30, "0.2");

    assertThat(check(gate, report(0, 30, 0), report(0, 29, 0)).failures())
        .containsExactly("after: 29 judged, needed 30");
  }

  @Test
  void whatIsMostlyUndecidedDoesNotPass() {
    assertThat(check(GATE, report(0, 80, 20), report(0, 80, 20)).passes()).isTrue();
    assertThat(check(GATE, report(0, 100, 0), report(0, 79, 21)).failures())
        .containsExactly("after: 21.00 % undecided, more than 20 %");
  }

  @Test
  void aRuleThatStoppedJudgingDoesNotPass() {
    var broken =
        new BacktestReport(
            List.of(result("flicker", 0, 10, 0, Optional.of("it broke"))), 10, 1, 0, 0, 0, 0);

    assertThat(check(GATE, report(0, 10, 0), broken).failures())
        .containsExactly("after: it stopped judging: it broke");
  }
}
