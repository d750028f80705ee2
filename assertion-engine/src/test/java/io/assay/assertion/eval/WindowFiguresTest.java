package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.WindowFigures.Figure;
import io.assay.assertion.eval.WindowFigures.Outcome;
import io.assay.assertion.eval.WindowFigures.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of windows whether or not they are violated. */
final class WindowFiguresTest {
  @Test
  void aWindowThatHoldsTellsItsStatisticsWithLimitAndInterval() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion few on loans { window tumbling 1h expect share(score >= 0.5) <= 60%"
                + " expect mean(score) < 0.9 }");
    for (int i = 0; i < 8; i++) {
      trial.event(i * 1000L, "\"score\":" + (i % 4 == 0 ? 0.8 : 0.2));
    }
    trial.event(2 * WindowTrial.HOUR, "\"score\":0.2");
    WindowFigures first = trial.figures.getFirst();
    assertThat(first.assertion()).isEqualTo("few");
    assertThat(first.group()).isEqualTo("1,2");
    assertThat(first.start()).isZero();
    assertThat(first.units()).isEqualTo(8);
    assertThat(first.open()).isFalse();
    assertThat(first.lines()).extracting(WindowFigures.Line::outcome).containsOnly(Outcome.HELD);
    Figure share = first.figures().getFirst();
    assertThat(share.name()).isEqualTo("share(loans.score >= 0.5)");
    assertThat(share.value()).hasValue(0.25);
    assertThat(share.limit()).hasValue(0.6);
    assertThat(share.low().orElseThrow()).isBetween(0.05, 0.1);
    assertThat(share.high().orElseThrow()).isBetween(0.55, 0.65);
    assertThat(first.figures().get(1).function()).isEqualTo("mean");
  }

  @Test
  void segmentsAreHeldAgainstTheirOwnPastAndChancesAreCorrected() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion drift on loans { by region window tumbling 1h"
                + " let shift = psi(score, baseline(last 2h)) expect shift < 0.2"
                + " expect ks_p(score, baseline(last 2h)) > 5% }");
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 0; i < 40; i++) {
        long at = hour * WindowTrial.HOUR + i * 1000L;
        double north = hour == 2 ? 0.5 + i / 100.0 : i / 40.0;
        trial.event(at, "\"region\":\"north\",\"score\":" + north);
        trial.event(at, "\"region\":\"south\",\"score\":" + i / 40.0);
      }
    }
    trial.event(5 * WindowTrial.HOUR, "\"region\":\"north\",\"score\":0.2");
    List<WindowFigures> third =
        trial.figures.stream().filter(f -> f.start() == 2 * WindowTrial.HOUR * 1_000_000).toList();
    assertThat(third)
        .extracting(WindowFigures::segment)
        .containsExactly("region north", "region south");
    Figure psi = figure(third.getFirst(), "psi");
    assertThat(psi.against()).isEqualTo("baseline(last 2h)");
    assertThat(psi.limit()).hasValue(0.2);
    assertThat(psi.value().orElseThrow()).isGreaterThan(0.2);
    assertThat(psi.parts()).hasSize(10);
    assertThat(psi.parts().stream().mapToLong(Part::before).sum()).isEqualTo(80);
    assertThat(psi.parts().stream().mapToLong(Part::now).sum()).isEqualTo(40);
    Figure chance = figure(third.getFirst(), "ks_p");
    assertThat(chance.value().orElseThrow()).isEqualTo(2 * chance.uncorrected().orElseThrow());
    assertThat(third.getFirst().lines())
        .extracting(WindowFigures.Line::outcome)
        .containsOnly(Outcome.VIOLATED);
    WindowFigures first = trial.figures.getFirst();
    assertThat(first.lines().getFirst().outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(first.lines().getFirst().why()).contains("not complete");
    assertThat(figure(first, "psi").value()).isEmpty();
  }

  private static Figure figure(WindowFigures of, String function) {
    return of.figures().stream()
        .filter(figure -> figure.function().equals(function))
        .findFirst()
        .orElseThrow();
  }
}
