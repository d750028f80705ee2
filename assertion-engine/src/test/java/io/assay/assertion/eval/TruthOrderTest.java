package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.ViolationJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Predictions and their truths, before or after them: every order of arrival within the lateness,
 * any number of partitions, and states stored and restored after every event give the same.
 */
class TruthOrderTest {
  private static final String RULES =
      """
      language 1
      stream loans from topic "t" {
        id       loan      string
        key      applicant string
        time     at        timestamp(millis)
        lateness 5s
        region   string?
        risk     ratio?
        items    list { price double }
        truth    defaulted bool from topic "outcomes" within 2min
        truth    amount    double from topic "amounts" within 1min
      }
      assertion all on loans {
        by region
        window tumbling 1min at least 5 truths
        expect auc: auc(risk, defaulted) > 0.9
        expect ece: calibration_error(risk, defaulted) < 0.1
        expect both: mean(amount) < 50.0 || share(defaulted) < 0.2
        expect plain: mean(risk) < 0.5
        expect across region: max(accuracy(risk > 0.5, defaulted)) < 0.5
      }
      assertion hops on loans {
        each i in items where i.price > 1.0
        window hopping 1min every 20s
        expect precision(risk > 0.5, defaulted) > 0.75
        expect mean(i.price) < 2.1
      }
      assertion chosen on loans {
        where defaulted
        by key
        window session 10s
        expect mean(risk) > 0.6
      }
      """;

  private record Line(long arrives, String stream, String text) {}

  private static List<Line> lines(long seed) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    long at = 300_000;
    for (int i = 0; i < 500; i++) {
      at += random.nextInt(2_000);
      double risk = random.nextInt(100) / 100.0;
      lines.add(
          new Line(
              at,
              "loans",
              "{\"loan\":\"l%d\",\"applicant\":\"p%d\",\"at\":%d,\"risk\":%s,\"region\":\"r%d\",\"items\":[{\"price\":%d},{\"price\":2}]}"
                  .formatted(i, i % 7, at, random.nextInt(9) == 0 ? "null" : risk, i % 2, i % 4)));
      long came = at + random.nextInt(130_000) - 6_000;
      if (random.nextInt(6) > 0) {
        boolean truth = random.nextDouble() < risk;
        lines.add(
            new Line(
                came,
                "defaulted",
                "{\"loan\":\"l%d\",\"at\":%d,\"defaulted\":%s}".formatted(i, came, truth)));
      }
      if (random.nextInt(3) > 0) {
        lines.add(
            new Line(
                came,
                "amount",
                "{\"loan\":\"l%d\",\"at\":%d,\"amount\":%d}".formatted(i, came, i % 100)));
      }
    }
    return lines;
  }

  private static WholeTrial judged(List<Line> lines, int partitions, boolean storing) {
    WholeTrial trial = new WholeTrial(RULES, partitions, storing);
    lines.stream()
        .sorted(Comparator.comparingLong(Line::arrives))
        .forEach(
            line -> {
              if (line.stream().equals("loans")) {
                trial.judge(line.text());
              } else {
                trial.truth(line.stream(), line.text());
              }
            });
    trial.finish();
    assertThat(trial.errors).isEmpty();
    return trial;
  }

  private static List<String> canonical(WholeTrial trial) {
    return trial.violations.stream()
        .map(v -> new String(ViolationJson.write(v), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  /** Once its event is forgotten, nobody knows whether a truth is late or of no event. */
  private static Map<String, Long> counts(WholeTrial trial) {
    Map<String, Long> counts = new TreeMap<>();
    trial.counts.forEach(
        (name, count) -> counts.merge(name.replace("UNKNOWN", "LATE"), count, Long::sum));
    return counts;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderAndAnyRestartGiveTheSame(long seed) {
    Random random = new Random(seed);
    List<Line> lines = lines(seed);
    WholeTrial whole = judged(lines, 1, false);
    assertThat(whole.violations)
        .extracting(v -> v.assertion() + "." + v.expectation())
        .contains("all.auc", "all.ece", "all.plain", "all.5", "hops.1", "hops.2", "chosen.1");
    assertThat(whole.waits).isNotEmpty();
    for (int i = 0; i < 3; i++) {
      List<Line> shuffled =
          lines.stream()
              .map(l -> new Line(l.arrives() + random.nextInt(5_000), l.stream(), l.text()))
              .toList();
      WholeTrial other = judged(shuffled, 1 + random.nextInt(4), i == 0);
      assertThat(canonical(other)).isEqualTo(canonical(whole));
      assertThat(counts(other)).isEqualTo(counts(whole));
      assertThat(other.reasons).containsExactlyInAnyOrderElementsOf(whole.reasons);
      assertThat(other.waits).containsExactlyInAnyOrderElementsOf(whole.waits);
    }
  }
}
