package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Those who look at pages while the broker answers, slowly, or not at all. */
class RuleUsageTest {
  private static RuleUse use(String project) {
    return new RuleUse(project, "assay-camera", "0_0", 3, 1, Map.of(), Map.of());
  }

  private static RuleUsage usage(Supplier<List<RuleUse>> topic) {
    return new RuleUsage(Optional.of(topic), Clock.systemUTC());
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited in vain").isNegative();
      Thread.sleep(20);
    }
  }

  private static boolean isLate(RuleUsage usage) {
    return usage.of("default").orElseThrow().isLate();
  }

  @Test
  void oneQuestionServesAllProjectsForAMoment() {
    var asked = new AtomicInteger();
    try (RuleUsage usage =
        usage(
            () -> {
              asked.incrementAndGet();
              return List.of(use("default"), use("other"));
            })) {
      Instant before = Instant.now();
      for (String project : List.of("default", "other", "default")) {
        RuleUsage.Told told = usage.of(project).orElseThrow();
        assertThat(told.uses()).containsExactly(use(project));
        assertThat(told.at()).isBetween(before, Instant.now());
        assertThat(told.isLate()).isFalse();
      }
      assertThat(asked).hasValue(1);
    }
  }

  /** Each question took half a minute, and the next began when the last had ended. */
  @Test
  void nobodyQueuesBehindABrokerThatIsAway() throws InterruptedException {
    Map<String, Object> nobody = Map.of("bootstrap.servers", "localhost:1");
    try (RuleUsage usage = usage(() -> RuleUses.all(nobody, Topics.standard()))) {
      List<Thread> people = new ArrayList<>();
      var told = new AtomicInteger();
      for (int i = 0; i < 50; i++) {
        people.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      assertThat(usage.of("default")).isEmpty();
                      told.incrementAndGet();
                    }));
      }
      for (Thread person : people) {
        assertThat(person.join(Duration.ofSeconds(8))).isTrue();
      }
      assertThat(told).hasValue(50);
    }
  }

  @Test
  void whatWasToldBeforeStaysWithItsTimeUntilSomeoneAnswers() throws InterruptedException {
    var mayAnswer = new Semaphore(1);
    try (RuleUsage usage =
        usage(
            () -> {
              if (!mayAnswer.tryAcquire()) {
                throw new KafkaException("nobody is there");
              }
              return List.of(use("default"));
            })) {
      Instant first = usage.of("default").orElseThrow().at();
      await(() -> isLate(usage));
      RuleUsage.Told late = usage.of("default").orElseThrow();
      assertThat(late.at()).isEqualTo(first);
      assertThat(late.uses()).hasSize(1);
      mayAnswer.release();
      await(() -> !isLate(usage));
      assertThat(usage.of("default").orElseThrow().at()).isAfter(first);
    }
  }

  @Test
  void withoutABrokerNothingIsKnown() {
    try (RuleUsage usage = new RuleUsage(Optional.empty(), Clock.systemUTC())) {
      assertThat(usage.of("default")).isEmpty();
    }
  }
}
