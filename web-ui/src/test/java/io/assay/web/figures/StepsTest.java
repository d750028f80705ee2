package io.assay.web.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.WindowFigures.Outcome;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.stream.contract.FiguresRecord.Line;
import io.assay.web.rates.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Of many windows those that say most are shown. */
class StepsTest {
  private static final long HOUR = 3_600_000;

  @Test
  void stepsAreAsShortAsATableOfThatManySegmentsAllows() {
    for (Range range : Range.values()) {
      for (int segments = 1; segments <= 2_000; segments++) {
        Duration step = Steps.of(range.length(), segments).length();
        assertThat(range.length().toMillis() % step.toMillis()).isZero();
        assertThat(range.length().dividedBy(step) * segments)
            .isLessThanOrEqualTo(Math.max(Steps.MOST_CELLS, 30L * segments));
      }
    }
    assertThat(Steps.of(Duration.ofDays(30), 1).text()).isEqualTo("1 h");
    assertThat(Steps.of(Duration.ofDays(30), 4).text()).isEqualTo("3 h");
    assertThat(Steps.of(Duration.ofDays(30), 500).text()).isEqualTo("1 d");
    assertThat(Steps.of(Duration.ofHours(1), 5).text()).isEqualTo("15 s");
    assertThat(Steps.of(Duration.ofHours(1), 20).text()).isEqualTo("1 min");
  }

  /** Whatever the windows: a step shows what is violated in it, else its newest window. */
  @Test
  void noViolatedStepLooksAsIfItHeld() {
    var random = new SplittableRandom(7);
    List<FiguresRecord> newestFirst = new ArrayList<>();
    for (int hour = 720; hour > 0; hour--) {
      for (String segment : List.of("region east", "region west")) {
        if (random.nextInt(10) > 0) {
          newestFirst.add(window(hour * HOUR, segment, random.nextDouble()));
        }
      }
    }
    Steps steps = Steps.of(Duration.ofDays(30), 4);
    Track thinned = Track.of(newestFirst, Topic.DISTRIBUTIONS, steps).getFirst();
    assertThat(thinned.rows()).hasSize(240);
    for (Track.Row row : thinned.rows()) {
      for (int i = 0; i < thinned.series().size(); i++) {
        String segment = thinned.series().get(i).segment();
        long end = row.end().instant().toEpochMilli();
        List<FiguresRecord> within =
            newestFirst.stream()
                .filter(window -> window.segment().equals(segment))
                .filter(window -> window.endMillis() <= end && window.endMillis() > end - 3 * HOUR)
                .toList();
        Track.Cell cell = row.cells().get(i);
        if (within.isEmpty()) {
          assertThat(cell).isNull();
          continue;
        }
        FiguresRecord expected =
            within.stream()
                .filter(window -> window.lines().getFirst().outcome() == Outcome.VIOLATED)
                .findFirst()
                .orElse(within.getFirst());
        assertThat(cell.end().instant().toEpochMilli()).isEqualTo(expected.endMillis());
        assertThat(cell.value()).isEqualTo(expected.figures().getFirst().value());
      }
    }
    assertThat(Track.of(newestFirst, Topic.DISTRIBUTIONS).getFirst().series().getFirst().newest())
        .isEqualTo(thinned.series().getFirst().newest());
  }

  private static FiguresRecord window(long end, String segment, double value) {
    Outcome outcome = value > 0.8 ? Outcome.VIOLATED : Outcome.HELD;
    Figure psi =
        new Figure(
            "psi(loans.risk, baseline(last 7d))",
            "psi",
            "loans.risk",
            "baseline(last 7d)",
            value,
            null,
            null,
            null,
            0.8,
            false,
            List.of());
    return new FiguresRecord(
        "default",
        "loans",
        "mix",
        "1",
        segment,
        end - HOUR,
        end,
        100,
        100,
        0,
        false,
        List.of(psi),
        List.of(new Line("1", "psi(loans.risk, baseline(last 7d)) < 0.8", outcome, "")));
  }
}
