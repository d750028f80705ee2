package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every order of arrival within the lateness, every split into partitions and parts, and states
 * stored and restored anywhere give the same violations, to the last byte.
 */
class WindowOrderTest {
  private static final List<String> RULES =
      List.of(
          """
          assertion all on loans {
            by region
            window tumbling 1h
            expect mean(score) + deviation(score) + sum(score) + quantile(score, 0.9) < 0.0
            expect psi(score, baseline(last 3h)) + ks_p(score, baseline(last 3h)) < 0.0
            expect sum(age) + max(age) + distinct(age) < 0
            expect across region: max(mean(score)) - min(median(score)) < 0.0
          }
          """,
          """
          assertion hops on loans {
            window hopping 90min every 1h
            expect js(score, baseline(last 2h)) + missing(region) < 0.0
            expect psi(region, baseline(version("1"))) < 0.0
          }
          """,
          """
          assertion session on loans { by region window session 40s expect mean(score) < -9.0 }
          """,
          """
          assertion last on loans {
            by region
            expect mean(score) + quantile(score, 0.9) < -9.0 over last 90 events
            expect distinct(age) < 0 over last 90 events
            expect sum(score) < -99.0 over last 25min
            expect mean(score) < 0.0 over tumbling 1h
          }
          """);

  private record Line(long at, long arrives, String fields) {}

  private static List<Line> lines(Random random) {
    List<Line> lines = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < 1_200; i++) {
      at += random.nextInt(60_000);
      String region = random.nextInt(9) == 0 ? "null" : "\"r" + random.nextInt(3) + "\"";
      lines.add(
          new Line(
              at,
              at,
              "\"region\":%s,\"age\":%d,\"release\":\"%d\",\"score\":%s"
                  .formatted(region, random.nextInt(90), at / (3 * HOUR), random.nextGaussian())));
    }
    return lines;
  }

  private static WindowTrial inOrder(String rule, List<Line> lines) {
    WindowTrial trial = WindowTrial.of(rule);
    lines.forEach(line -> trial.event(line.at(), line.fields()));
    return trial.finish();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void violationsAreTheSame(long seed) {
    Random random = new Random(seed);
    List<Line> lines = lines(random);
    for (String rule : RULES) {
      WindowTrial expected = inOrder(rule, lines);
      assertThat(expected.violations.size()).isGreaterThan(10);
      assertThat(expected.errors).isEmpty();
      WindowTrial shuffled = shuffled(rule, lines, random);
      assertThat(shuffled.errors).isEmpty();
      assertThat(shuffled.count(io.assay.assertion.Tally.LATE)).isZero();
      same(shuffled.canonical(), expected.canonical());
      assertThat(shuffled.reasons).containsExactlyInAnyOrderElementsOf(expected.reasons);
    }
  }

  /** The first that differs is told, not all of them. */
  private static void same(List<String> came, List<String> expected) {
    for (int i = 0; i < Math.min(came.size(), expected.size()); i++) {
      assertThat(came.get(i)).as("violation %d", i).isEqualTo(expected.get(i));
    }
    assertThat(came).hasSameSizeAs(expected);
  }

  /** Arrivals up to the lateness late, over some partitions that are handed on now and then. */
  private static WindowTrial shuffled(String rule, List<Line> lines, Random random) {
    List<Line> arrivals =
        lines.stream()
            .map(line -> new Line(line.at(), line.at() + random.nextInt(10_000), line.fields()))
            .sorted(Comparator.comparingLong(Line::arrives))
            .toList();
    int partitions = 1 + random.nextInt(5);
    WindowTrial trial = WindowTrial.of(rule);
    for (int i = 0; i < partitions; i++) {
      trial.expect(i, 0);
    }
    for (Line line : arrivals) {
      trial.count(random.nextInt(partitions), line.at(), line.fields());
      if (random.nextInt(40) == 0) {
        // arrivals are close together, so that no partition is taken for silent
        trial.handOnAsBytes(random.nextInt(partitions), 1);
      }
    }
    for (int i = 0; i < partitions; i++) {
      trial.handOnAsBytes(i, 1);
    }
    return trial.finish();
  }
}
