package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.RuleUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assertions over windows and of truth that fail: whoever shows the rules hears of it. */
class ToldTroublesTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "loans" {
        id    loan      string
        key   applicant string
        time  at        timestamp(millis)
        score double
        truth amount    double from topic "amounts" within 1min
      }
      """;

  private static final String MEAN =
      "assertion large on loans { window tumbling 10s expect library(mean(score)) < 5.0 mode active"
          + " }\n";

  private static final String EACH =
      "assertion large on loans { window tumbling 10s expect mean(library(score)) < 5.0 mode active"
          + " }\n";

  private static final String SAID = "library failed: UnsatisfiedLinkError: no library";

  @TempDir private Path folder;

  private static String event(int number, double score) {
    return "{\"loan\":\"l%d\",\"applicant\":\"p\",\"at\":%d,\"score\":%s}"
        .formatted(number, Camera.START_MILLIS + number * 1000L, score);
  }

  private static String truth(String loan, double amount) {
    return "{\"loan\":\"%s\",\"at\":%d,\"amount\":%s}"
        .formatted(loan, Camera.START_MILLIS + 2_000L, amount);
  }

  private static StreamType loans(RulesByHand rules) {
    return rules.newest().rules().streams().getFirst();
  }

  /** What tasks hand on of so many events, a second apart. */
  private List<TestRecord<byte[], byte[]>> partials(RulesByHand rules, int events) {
    Path own = folder.resolve("tasks");
    try (var tasks = new TopologyRun(rules, rules.newest().rules().streams(), true, own)) {
      IntStream.range(0, events).forEach(i -> tasks.send(loans(rules), i * 1000L, event(i, 7.0)));
      tasks.idle(1);
      tasks.pass(Duration.ofMinutes(2));
      tasks.idle(1);
      return tasks.read(TopologyRun.TOPICS.partials());
    }
  }

  @Test
  void ofAWindowIsToldUntilTheRuleChangesAfterARestartToo() {
    var rules = new RulesByHand(STREAM + MEAN);
    List<TestRecord<byte[], byte[]>> partials = partials(rules, 25);
    try (var merge = new WindowRun(rules, folder.resolve("merge"))) {
      merge.send(partials);
      assertThat(merge.uses())
          .last()
          .satisfies(use -> assertThat(use.errors().get("large")).contains(SAID));

      merge.restart();
      merge.send(partials.subList(0, 1));
      assertThat(merge.uses()).last().satisfies(use -> assertThat(use.errors()).isNotEmpty());

      rules.change(STREAM + MEAN.replace("5.0", "6.0"));
      merge.send(partials.subList(0, 1));
      assertThat(merge.uses())
          .last()
          .satisfies(
              use -> {
                assertThat(use.generation()).isEqualTo(2);
                assertThat(use.errors()).isEmpty();
              });
    }
  }

  /** Who counts says why; he may be gone, and what he has counted stays of no use. */
  @Test
  void ofAPartIsToldByWhoeverMergesIt() {
    var rules = new RulesByHand(STREAM + EACH);
    List<TestRecord<byte[], byte[]>> partials = partials(rules, 3);
    try (var merge = new WindowRun(rules, folder.resolve("merge"))) {
      merge.send(partials);
      assertThat(merge.uses())
          .last()
          .satisfies(use -> assertThat(use.errors().get("large")).startsWith("it failed before"));
    }
  }

  @Test
  void ofTruthIsToldWhereItMeets() {
    String large =
        "assertion large on loans { window tumbling 10s expect mean(library(amount)) < 5.0 mode"
            + " active }";
    var rules = new RulesByHand(STREAM + large);
    String hash = rules.newest().rules().assertion("large").orElseThrow().judgementHash();
    try (var run = new TruthRun(rules, loans(rules), folder)) {
      run.send(
          Stream.of(
                  came(false, TruthLanes.note(hash), event(1, 0.5)),
                  came(true, "", truth("l1", 7.0)))
              .map(one -> AwaitingSink.record(one, Camera.START_MILLIS))
              .map(one -> new TestRecord<>(one.key(), one.value(), one.headers()))
              .toList());
      run.pass(Duration.ofSeconds(1));
      assertThat(uses(run))
          .extracting(
              RuleUse::generation, use -> use.errors().getOrDefault("large", "").contains(SAID))
          .containsExactly(tuple(1L, false), tuple(1L, true));

      rules.change(STREAM + large.replace("5.0", "6.0"));
      run.truth("amounts", Camera.START_MILLIS, truth("l2", 1.0));
      assertThat(uses(run))
          .extracting(RuleUse::generation, RuleUse::errors)
          .containsExactly(tuple(2L, Map.of()));
    }
  }

  private static List<RuleUse> uses(TruthRun run) {
    return run.read(TopologyRun.TOPICS.ruleUse()).stream()
        .map(record -> RuleUse.read(record.value()))
        .toList();
  }

  private static AwaitingRecord came(boolean truth, String note, String payload) {
    return new AwaitingRecord.Came(
        TopologyRun.PROJECT,
        "loans",
        "l1",
        truth,
        note,
        new Coordinates(truth ? "amounts" : "loans", 0, 0),
        Camera.START_MILLIS * 1_000_000L,
        payload.getBytes(UTF_8));
  }
}
