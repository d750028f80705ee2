package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Which fields stored events have, told beside the states. */
class StoredFieldsTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "loans" {
        key applicant string
        time at timestamp(millis)
        score ratio
        extra int?
      }
      """;

  private static final String RISES =
      "assertion rises on loans { change score at most 0.2 per 1s mode active }\n";

  private final RulesByHand rules = new RulesByHand(STREAM + RISES);

  /** Each event is stored at once. */
  private JudgeRun run() {
    return new JudgeRun(rules, 0, JudgeSettings.DEFAULT_BUDGET);
  }

  private void send(JudgeRun run, String applicant, long afterMillis, double score) {
    StreamType loans = rules.newest().rules().streams().getFirst();
    long at = Camera.START_MILLIS + afterMillis;
    run.judge(
        loans, "{\"applicant\":\"%s\",\"at\":%d,\"score\":%s}".formatted(applicant, at, score), at);
  }

  private void change(JudgeRun run, String from, String to) {
    rules.change(STREAM.replace(from, to) + RISES);
    run.change();
  }

  /** A program before did not tell, and the rules change before the first event. */
  @Test
  void areToldBeforeAnythingComes() {
    try (JudgeRun run = run()) {
      send(run, "p", 0, 0.1);
      run.fields().forEach(told -> run.damage(told, null));
      run.crash();
      change(run, "extra int?", "extra string?");
      send(run, "p", 1_000, 0.9);
      assertThat(run.violations()).hasSize(1);
      assertThat(run.restarted()).isZero();
    }
  }

  @Test
  void areLearnedThoughOthersAreBroken() {
    var keys = new StateKeys(TopologyRun.PROJECT);
    try (JudgeRun run = run()) {
      send(run, "p", 0, 0.1);
      Bytes before = keys.ofFields(0);
      assertThat(run.fields()).allSatisfy(told -> assertThat(told).isGreaterThan(before));
      run.damage(before, new byte[] {1, 2, 3});
      run.crash();
      change(run, "extra int?", "");
      send(run, "p", 1_000, 0.9);
      assertThat(run.violations()).hasSize(1);
      assertThat(run.restarted()).as("the broken one, at each start").isEqualTo(2);
    }
  }

  @Test
  void goOnceNoStateHasThemAnyMore() {
    try (JudgeRun run = run()) {
      send(run, "p", 0, 0.1);
      send(run, "q", 0, 0.1);
      change(run, "extra int?", "");
      send(run, "p", 1_000, 0.9);
      run.tick();
      assertThat(run.fields()).as("q has not come since").hasSize(2);
      send(run, "q", 1_000, 0.9);
      run.crash();
      run.tick();
      run.tick();
      assertThat(run.fields()).hasSize(1);
      assertThat(run.violations()).hasSize(2);
      change(run, "extra int?", "extra string?");
      send(run, "p", 2_000, 0.1);
      send(run, "q", 2_000, 0.1);
      assertThat(run.violations()).hasSize(4);
      assertThat(run.restarted()).isZero();
    }
  }

  @Test
  void stayWhereAStateCannotBeRead() {
    try (JudgeRun run = run()) {
      send(run, "p", 0, 0.1);
      change(run, "extra int?", "");
      send(run, "p", 1_000, 0.1);
      run.damage(new StateKeys(TopologyRun.PROJECT).ofKey("a"), new byte[] {99, 1, 2});
      run.crash();
      run.tick();
      run.tick();
      assertThat(run.fields()).hasSize(2);
    }
  }
}
