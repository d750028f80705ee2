package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.StreamStatus.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Truth that comes later, on a real broker. */
class JoinedTruthsTest {
  private final Site site = new Site("truths");
  private final String loans = site.topic("loans");
  private final String outcomes = site.topic("outcomes");

  @TempDir private Path folder;

  /** Forty loans, thirty outcomes, of which ten are not as predicted; stopped between them. */
  @Test
  void predictionsAreHeldAgainstWhatTurnsOutWhenItsTopicIsThere() throws Exception {
    site.create(loans, 2);
    try (StreamProcessors processors = start()) {
      assertThat(processors.unjudged()).isEmpty();
      for (int i = 0; i < 40; i++) {
        site.send(loans, i % 2, List.of(loan(i, i * 1_000L, i == 7 ? "0.99" : "0.9")));
      }
      assertThat(site.violations(1))
          .singleElement()
          .satisfies(violation -> assertThat(violation.assertion()).isEqualTo("plain"));
      StreamStatus waiting = await(processors, status -> status.state() == State.WAITING);
      assertThat(waiting.message()).contains("'loans'", outcomes, "does not exist");
      assertThat(waiting.applicationId()).isEqualTo(site.prefix() + ".truths.street.loans");

      site.create(outcomes, 2);
      for (int i = 0; i < 20; i++) {
        site.send(outcomes, i % 2, List.of(outcome(i, 70_000, i % 3 > 0)));
      }
      await(processors, status -> count(status, TruthFate.USED) == 20);
    }
    try (StreamProcessors again = start()) {
      for (int i = 20; i < 30; i++) {
        site.send(outcomes, i % 2, List.of(outcome(i, 80_000, i % 3 > 0)));
      }
      // said again, too late, and of nobody
      site.send(outcomes, 1, List.of(outcome(1, 80_000, false), outcome(31, 700_000, false)));
      site.send(outcomes, 0, List.of(outcome(1_000, 80_000, false)));
      for (int partition = 0; partition < 2; partition++) {
        site.send(loans, partition, List.of(loan(100 + partition, 1_300_000, "0.5")));
      }
      List<Violation> right =
          site.violations(2).stream().filter(one -> one.assertion().equals("right")).toList();
      assertThat(right).hasSize(1);
      assertThat(right.getFirst().values().toString()).contains("0.6666666666666666");
      StreamStatus joined = await(again, status -> count(status, TruthFate.UNKNOWN) == 1);
      assertThat(joined.figures().truths())
          .isEqualTo(
              Map.of(
                  "defaulted",
                  Map.of(
                      TruthFate.USED,
                      10L,
                      TruthFate.REPEATED,
                      1L,
                      TruthFate.LATE,
                      1L,
                      TruthFate.UNKNOWN,
                      1L)));
      assertThat(again.status()).extracting(StreamStatus::state).containsOnly(State.RUNNING);
      assertThat(site.violations(2)).hasSize(2);
    }
  }

  private StreamProcessors start() {
    return StreamProcessors.start(rules(), site.settings(folder));
  }

  private CheckedRules rules() {
    return Site.rules(
        """
        language 1
        stream loans from topic "%s" {
          id    loan      string
          key   applicant string
          time  at        timestamp(millis)
          risk  ratio
          truth defaulted bool from topic "%s" within 10min
        }
        assertion plain on loans { expect risk < 0.95 mode active }
        assertion right on loans {
          window tumbling 1min
          expect accuracy(risk >= 0.5, defaulted) > 0.9
          mode   active
        }
        """
            .formatted(loans, outcomes));
  }

  private static String loan(int number, long at, String risk) {
    return "{\"loan\":\"l%d\",\"applicant\":\"a%d\",\"at\":%d,\"risk\":%s}"
        .formatted(number, number % 10, Site.START_MILLIS / 60_000 * 60_000 + at, risk);
  }

  private static String outcome(int number, long at, boolean defaulted) {
    return "{\"loan\":\"l%d\",\"at\":%d,\"defaulted\":%s}"
        .formatted(number, Site.START_MILLIS / 60_000 * 60_000 + at, defaulted);
  }

  private static long count(StreamStatus status, TruthFate fate) {
    return status.figures().truths().getOrDefault("defaulted", Map.of()).getOrDefault(fate, 0L);
  }

  private static StreamStatus await(StreamProcessors processors, Predicate<StreamStatus> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + Site.PATIENCE.toNanos();
    while (true) {
      StreamStatus truths =
          processors.status().stream()
              .filter(status -> status.stream().equals("truth of loans"))
              .findFirst()
              .orElseThrow();
      if (wanted.test(truths)) {
        return truths;
      }
      assertThat(System.nanoTime() - end).as("still %s", processors.status()).isNegative();
      Thread.sleep(20);
    }
  }
}
