package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.RuleUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What judging costs is told now and then, so that whoever shows the rules can say it. */
class ToldCostsTest {
  private static final String RULES =
      """
      language 1
      stream loans from topic "loans" {
        key   applicant string
        time  at        timestamp(millis)
        score double
      }
      assertion small on loans { expect score < 5.0 mode active }
      """;

  @TempDir private Path folder;

  @Test
  void ofTheEventsThatWereMeasuredAndOnlyWhenTheyBecameMore() {
    var rules = new RulesByHand(RULES);
    StreamType loans = rules.newest().rules().streams().getFirst();
    try (var run = new TopologyRun(rules, rules.newest().rules().streams(), true, folder)) {
      for (int i = 0; i < 200; i++) {
        run.send(
            loans,
            i * 10L,
            "{\"applicant\":\"p\",\"at\":%d,\"score\":1.0}"
                .formatted(Camera.START_MILLIS + i * 10L));
      }
      run.pass(ToldUse.COSTS_EVERY.plusSeconds(2));
      List<RuleUse> told = uses(run);
      assertThat(told.getFirst().costs()).isEmpty();
      RuleUse.Cost cost = Objects.requireNonNull(told.getLast().costs().get("small"));
      assertThat(cost.events()).isEqualTo(3); // one in 64
      assertThat(cost.nanos()).isPositive();
      run.pass(ToldUse.COSTS_EVERY.plusSeconds(2));
      assertThat(uses(run)).isEmpty();
    }
  }

  private static List<RuleUse> uses(TopologyRun run) {
    return run.read(TopologyRun.TOPICS.ruleUse()).stream()
        .map(record -> RuleUse.read(record.value()))
        .toList();
  }
}
