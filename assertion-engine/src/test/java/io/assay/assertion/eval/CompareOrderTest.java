package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two versions of a model, some of whose answers come late, by up to the lateness: every order of
 * arrival, any number of partitions, and a state stored and restored after every event give the
 * same violations, to the last byte.
 */
class CompareOrderTest {
  private static final String RULES =
      """
      language 1
      stream loans from topic "t" {
        key      applicant string
        time     at        timestamp(millis)
        lateness 5s
        release string
        input   int
        risk    double?
        region  string?
      }
      assertion near on loans {
        compare release by input within 20s
        expect abs(old.risk - new.risk) < 0.5
        severity abs(old.risk - new.risk)
      }
      assertion mixed on loans {
        by region
        compare release by input
        let d = new.risk - old.risk
        expect up: d < 0.5
        expect hour: mean(d) < 0.0 over tumbling 1min
        expect hops: share(d > 0.0) < 0.4 over hopping 30s every 10s
        expect across region: max(mean(d)) - min(mean(d)) < 0.1 over tumbling 1min
      }
      assertion drift on loans {
        compare release by input
        window session 2s
        expect quantile(new.risk - old.risk, 0.9) < 0.3
      }
      """;

  private record Line(long arrives, String text) {}

  private static List<Line> lines(long seed) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    long at = 0;
    for (int input = 0; input < 400; input++) {
      at += random.nextInt(4_000);
      int key = random.nextInt(5);
      for (int release = 8; release < 11; release++) {
        if (random.nextInt(4) > 0) {
          long when = at + random.nextInt(30_000 / (1 + random.nextInt(20)));
          lines.add(
              new Line(
                  when,
                  "{\"applicant\":\"p%d\",\"at\":%d,\"input\":%d,\"release\":\"%d\",\"risk\":%s,\"region\":\"r%d\"}"
                      .formatted(
                          key,
                          when,
                          input / 2,
                          release,
                          random.nextInt(30) == 0 ? "null" : "0." + random.nextInt(100),
                          key % 2)));
        }
      }
    }
    return lines;
  }

  private static WholeTrial judged(List<Line> lines, int partitions, boolean storing) {
    WholeTrial trial = new WholeTrial(RULES, partitions, storing);
    lines.stream()
        .sorted(Comparator.comparingLong(Line::arrives))
        .forEach(l -> trial.judge(l.text()));
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderAndAnyRestartGiveTheSame(long seed) {
    Random random = new Random(seed);
    List<Line> lines = lines(seed);
    WholeTrial whole = judged(lines, 1, false);
    assertThat(whole.violations)
        .extracting(v -> v.assertion() + "." + v.expectation())
        .contains("near.1", "mixed.up", "mixed.hour", "mixed.hops", "mixed.4", "drift.1");
    assertThat(whole.violations).extracting(Violation::id).doesNotHaveDuplicates();
    for (int i = 0; i < 3; i++) {
      List<Line> shuffled =
          lines.stream()
              .map(line -> new Line(line.arrives() + random.nextInt(5_000), line.text()))
              .toList();
      WholeTrial other = judged(shuffled, 1 + random.nextInt(4), i == 0);
      assertThat(canonical(other)).isEqualTo(canonical(whole));
      assertThat(other.counts).isEqualTo(whole.counts);
      assertThat(other.reasons).containsExactlyInAnyOrderElementsOf(whole.reasons);
    }
  }
}
