package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.RuleUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that change while events come. */
class ChangedRulesTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "loans" {
        key applicant string
        time at timestamp(millis)
        region string
        score ratio
        extra int?
      }
      """;

  /** Says of each event which generation has judged it. */
  private static String marker(int generation) {
    return "assertion marker on loans { where %d > 0 expect score > 1.5 explain \"%d\" mode active }\n"
        .formatted(generation, generation);
  }

  private static final String RISES =
      """
      assertion rises on loans {
        change score at most 0.2 per 1s
        explain "%s"
        mode %s
      }
      """;

  @TempDir private Path folder;

  private RulesByHand rules = new RulesByHand(STREAM);

  private TopologyRun run(boolean keyed) {
    return new TopologyRun(rules, streams(), keyed, folder);
  }

  private List<StreamType> streams() {
    return rules.newest().rules().streams();
  }

  private static String event(String applicant, long afterMillis, double score) {
    return "{\"applicant\":\"%s\",\"at\":%d,\"region\":\"r\",\"score\":%.3f,\"extra\":7}"
        .formatted(applicant, Camera.START_MILLIS + afterMillis, score);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachEventIsJudgedByOneGenerationAndNoneIsPassedOver(boolean keyed) {
    rules = new RulesByHand(STREAM + marker(1));
    var random = new Random(3);
    try (TopologyRun run = run(keyed)) {
      int events = 600;
      int generation = 1;
      for (int i = 0; i < events; i++) {
        if (random.nextInt(15) == 0) {
          rules.change(STREAM + marker(++generation));
        }
        run.send(event("p" + random.nextInt(20), i * 10L, 0.5));
      }
      Map<String, List<String>> judgedBy = new TreeMap<>();
      long last = 0;
      for (TestRecord<byte[], byte[]> record : run.read(TopologyRun.TOPICS.violations())) {
        Violation violation = ViolationJson.read(record.value());
        judgedBy
            .computeIfAbsent(violation.decidingEvent(), event -> new ArrayList<>())
            .add(violation.sentence());
        String version = Objects.requireNonNull(HeaderNames.text(record.headers(), "rule-version"));
        assertThat(violation.sentence()).isEqualTo(version);
        assertThat(Long.parseLong(version)).isGreaterThanOrEqualTo(last);
        last = Long.parseLong(version);
      }
      assertThat(judgedBy).hasSize(events);
      assertThat(judgedBy.values()).allSatisfy(by -> assertThat(by).hasSize(1));
      assertThat(generation).isGreaterThan(20);
      assertThat(last).isGreaterThanOrEqualTo(generation - 1L);
      assertThat(run.read(TopologyRun.TOPICS.ruleUse()))
          .extracting(record -> RuleUse.read(record.value()).generation())
          .isSorted()
          .contains(1L, last);
    }
  }

  /** Whoever shows the rules hears when one stops judging, when it goes on, and nothing between. */
  @Test
  void whatDoesNotJudgeIsToldOnceWithTheReason() {
    rules = new RulesByHand(STREAM + RISES.formatted("a", "active"));
    try (TopologyRun run = run(false)) {
      run.send(event("p", 0, 0.5));
      run.figures.assertionSuspended("rises", "it takes too much");
      run.idle(5);
      run.figures.assertionsResumed();
      run.figures.assertionFailed("rises", "it " + "x".repeat(1000));
      run.idle(5);
      List<RuleUse> told =
          run.read(TopologyRun.TOPICS.ruleUse()).stream()
              .map(record -> RuleUse.read(record.value()))
              .toList();
      assertThat(told)
          .extracting(RuleUse::suspended)
          .containsExactly(Map.of(), Map.of("rises", "it takes too much"), Map.of());
      assertThat(told.getLast().errors().get("rises")).hasSize(301).endsWith("…");
    }
  }

  @Test
  void aRewordedSentenceIsSaidAtOnceAndNothingIsForgotten() {
    rules = new RulesByHand(STREAM + RISES.formatted("before", "shadow"));
    try (TopologyRun run = run(false)) {
      run.send(event("p1", 0, 0.1));
      rules.change(STREAM + RISES.formatted("after", "active"));
      run.send(event("p1", 1_000, 0.9));
      assertThat(run.violations()).extracting(Violation::sentence).containsExactly("after");
    }
  }

  @Test
  void aChangedConditionBeginsAnewAndWhatIsGoneSaysNothing() {
    rules = new RulesByHand(STREAM + RISES.formatted("a", "active"));
    try (TopologyRun run = run(false)) {
      run.send(event("p1", 0, 0.1));
      rules.change(STREAM + RISES.formatted("b", "active").replace("0.2", "0.3"));
      run.send(event("p1", 1_000, 0.9));
      run.send(event("p1", 2_000, 0.1));
      rules.change(STREAM + marker(3));
      run.send(event("p1", 3_000, 0.9));
      rules.change(STREAM + RISES.formatted("c", "active"));
      run.send(event("p1", 4_000, 0.1));
      run.send(event("p1", 5_000, 0.9));
      assertThat(run.violations()).extracting(Violation::sentence).containsExactly("b", "3", "c");
    }
  }

  @Test
  void aFieldThatNoRuleHasReadBeforeIsReadFromTheNextEventOn() {
    rules = new RulesByHand(STREAM + marker(1));
    try (TopologyRun run = run(false)) {
      run.send(event("p1", 0, 0.5));
      rules.change(
          STREAM + "assertion more on loans { expect extra < 7 explain \"{extra}\" mode active }");
      run.send(event("p1", 100, 0.5));
      assertThat(run.violations()).extracting(Violation::sentence).containsExactly("1", "7");
    }
  }

  @Test
  void aFieldThatIsNewInTheStreamIsReadToo() {
    rules = new RulesByHand(STREAM + RISES.formatted("rises", "active"));
    try (TopologyRun run = run(false)) {
      run.send(event("p1", 0, 0.1));
      String wider = STREAM.replace("extra int?", "extra int? added int?");
      rules.change(
          wider
              + RISES.formatted("rises", "active")
              + "assertion more on loans { expect added < 7 explain \"{added}\" mode active }");
      run.send(event("p1", 1_000, 0.9).replace("\"extra\"", "\"added\""));
      assertThat(run.violations())
          .extracting(Violation::sentence)
          .containsExactlyInAnyOrder("7", "rises");
      assertThat(run.figures.restarted()).isZero();
      assertThat(run.deadLetters()).isEmpty();
    }
  }

  /** The first of two events is stored, or still waits for its turn. */
  @ParameterizedTest
  @ValueSource(strings = {"", "lateness 500ms"})
  void noKeyForgetsAnythingWhereAFieldIsHiddenOrMovedOrGoneOrOfAnotherType(String lateness) {
    String stream = STREAM.replace("region string", lateness + " region string");
    String rises = RISES.formatted("rises", "active");
    rules = new RulesByHand(stream + rises);
    List<String> others =
        List.of(
            stream.replace("score ratio", "score ratio private"),
            stream.replace("extra int?", ""),
            stream.replace("extra int?", "extra string?"),
            stream.replace("score ratio extra int?", "extra int? score ratio"),
            stream.replace("region string", "region string private"));
    try (TopologyRun run = run(false)) {
      for (int i = 0; i < others.size(); i++) {
        run.send(event("p" + i, i * 10_000L, 0.1));
        rules.change(others.get(i) + rises);
        run.send(event("p" + i, i * 10_000L + 1_000, 0.9));
        run.send(event("p" + i, i * 10_000L + 2_000, 0.9));
      }
      assertThat(run.violations())
          .filteredOn(violation -> violation.assertion().equals("rises"))
          .extracting(Violation::key)
          .containsExactly("p0", "p1", "p2", "p3", "p4");
      assertThat(run.figures.restarted()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void silenceIsToldAcrossAChangeAndByARuleThatIsNew(boolean keyed) {
    String alive = "assertion alive on loans { silence at most 5s mode active }\n";
    String sooner = "assertion sooner on loans { silence at most 2s mode active }\n";
    rules = new RulesByHand(STREAM + alive);
    try (TopologyRun run = run(keyed)) {
      run.send(event("p1", 0, 0.1), Camera.START_MILLIS);
      run.idle(2);
      rules.change(STREAM + alive.replace("active", "shadow") + sooner);
      run.idle(1);
      assertThat(run.violations()).isEmpty();
      run.send(event("p2", 3_000, 0.1), Camera.START_MILLIS + 3_000);
      run.idle(20);
      assertThat(run.violations())
          .extracting(violation -> violation.assertion() + ' ' + violation.key())
          .containsExactlyInAnyOrder("alive p1", "alive p2", "sooner p2");
      assertThat(run.ticks()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void countsGoOnAcrossAChange() {
    rules = new RulesByHand(STREAM + marker(1));
    try (TopologyRun run = run(false)) {
      run.send(event("p1", 0, 0.1));
      rules.change(STREAM + marker(1) + RISES.formatted("rises", "active"));
      run.send(event("p1", 100, 0.1));
      rules.change(STREAM + RISES.formatted("rises", "active"));
      run.send(event("p1", 200, 0.1));
      assertThat(run.counts().values())
          .filteredOn(count -> !count.assertion().equals("schema") && count.judged() > 0)
          .extracting(CountRecord::assertion, CountRecord::judged)
          .containsExactlyInAnyOrder(tuple("marker", 2L), tuple("rises", 1L));
    }
  }
}
