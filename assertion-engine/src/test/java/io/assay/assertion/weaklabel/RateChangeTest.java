package io.assay.assertion.weaklabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.RateChange.Outcome;
import io.assay.assertion.weaklabel.RateChange.Stretch;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateChangeTest {

  /** Newcombe, Statistics in Medicine 17 (1998) 873, table II, method 10; the sides exchanged. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void isAsPublished(long a, long m, long b, long n, double low, double high) {
    RateChange change = RateChange.of(new Stretch(b, n), new Stretch(a, m));

    assertThat(change.difference()).isCloseTo((double) a / m - (double) b / n, within(1e-12));
    assertThat(change.interval().low()).isCloseTo(low, within(1e-4));
    assertThat(change.interval().high()).isCloseTo(high, within(1e-4));
  }

  @Test
  void saysWhatTheNumbersAllow() {
    var many = new Stretch(500, 1_000);
    var few = new Stretch(100, 1_000);

    assertThat(RateChange.of(many, few).outcome()).isEqualTo(Outcome.FELL);
    assertThat(RateChange.of(few, many).outcome()).isEqualTo(Outcome.ROSE);
    assertThat(RateChange.of(new Stretch(5, 10), new Stretch(1, 10)).outcome())
        .isEqualTo(Outcome.NOT_TOLD);
  }

  @Test
  void evenStretchesAreWorthAllTheirUnits() {
    var half = new Stretch(5, 10);
    assertThat(RateChange.of(List.of(half, half, half, half), List.of(new Stretch(4, 40))))
        .isEqualTo(RateChange.of(new Stretch(20, 40), new Stretch(4, 40)));
  }

  /** Two stretches, all or nothing: as much as is known of two units that differ. */
  @Test
  void unitsThatGoTogetherAreWorthFew() {
    RateChange lumped =
        RateChange.of(
            List.of(new Stretch(20, 20), new Stretch(0, 20)), List.of(new Stretch(4, 40)));

    // Spread 2 * 10^2 * 2/1 = 400 by 40/4 = 10: 40 times, so 40 units are worth one.
    RateChange one = RateChange.of(new Stretch(20, 40), new Stretch(4, 40));
    assertThat(lumped.difference()).isEqualTo(one.difference());
    assertThat(lumped.interval().low()).isLessThan(one.interval().low() - 0.2);
    assertThat(lumped.outcome()).isEqualTo(Outcome.NOT_TOLD);
    assertThat(one.outcome()).isEqualTo(Outcome.FELL);
  }

  /** Hours of very different rates and no change: 95 of 100 intervals should hold 0. */
  @Test
  void intervalsHoldWhereHoursDiffer() {
    var random = new Random(7);
    int heldTogether = 0;
    int heldApart = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      List<Stretch> before = hours(random);
      List<Stretch> after = hours(random);
      heldTogether += RateChange.of(before, after).outcome() == Outcome.NOT_TOLD ? 1 : 0;
      heldApart += RateChange.of(sum(before), sum(after)).outcome() == Outcome.NOT_TOLD ? 1 : 0;
    }
    // Four standard errors of 950 of 1,000 are 28.
    assertThat(heldTogether).isBetween(922, 978);
    assertThat(heldApart).isLessThan(700);
  }

  private static List<Stretch> hours(Random random) {
    return IntStream.range(0, 48)
        .mapToObj(
            hour -> {
              double rate = random.nextInt(4) == 0 ? 0.5 : 0.05;
              long violated =
                  IntStream.range(0, 60).filter(unit -> random.nextDouble() < rate).count();
              return new Stretch(violated, 60);
            })
        .toList();
  }

  private static Stretch sum(List<Stretch> stretches) {
    return new Stretch(
        stretches.stream().mapToLong(Stretch::violated).sum(),
        stretches.stream().mapToLong(Stretch::judged).sum());
  }

  @Test
  void nothingJudgedProvesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateChange.of(List.of(), List.of(new Stretch(0, 1))))
        .withMessage("needed judged units before and after, got none on one side");
  }
}
