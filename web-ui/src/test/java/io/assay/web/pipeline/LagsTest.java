package io.assay.web.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whose groups are, how far they are, and what judging takes. */
class LagsTest {
  private static final GroupNames NAMES = new GroupNames(Topics.standard(), "assay-sink");

  private static TopicPartition at(String topic, int partition) {
    return new TopicPartition(topic, partition);
  }

  @Test
  void aGroupBelongsToTheProjectThatItsNameSays() {
    assertThat(NAMES.of("street", "assay-street-camera.lidar"))
        .contains(
            new GroupNames.Known(
                "assay-street-camera.lidar", GroupNames.Work.JUDGES, "camera, lidar"));
    assertThat(NAMES.of("street", "assay.truths.street.loans").map(GroupNames.Known::work))
        .contains(GroupNames.Work.JOINS_TRUTH);
    assertThat(NAMES.of("street", "assay.windows.street").map(GroupNames.Known::work))
        .contains(GroupNames.Work.MERGES_WINDOWS);
    assertThat(NAMES.of("street", "assay-sink").map(GroupNames.Known::work))
        .contains(GroupNames.Work.STORES);
  }

  /** Names of projects may have hyphens: what begins alike is another's. */
  @Test
  void anotherProjectsGroupIsNoneOfIts() {
    for (String group :
        List.of(
            "assay-street-north-camera",
            "assay.windows.street-north",
            "assay.truths.street-north.loans",
            "assay-street-",
            "others-street-camera")) {
      assertThat(NAMES.of("street", group)).as(group).isEmpty();
    }
  }

  @Test
  void lagIsWhatIsThereAndNotReadAndTheSinkCountsByTheDatabase() {
    var judging =
        new BrokerState.Group(
            "Stable",
            Map.of(at("camera", 0), 90L),
            List.of(
                new BrokerState.Member(
                    "one", "/10.0.0.1", List.of(at("camera", 0), at("camera", 1)))));
    var sink = new BrokerState.Group("Empty", Map.of(at("assay.violations", 0), 1L), List.of());
    var state =
        new BrokerState(
            Map.of("assay-p-camera", judging, "assay-sink", sink, "assay-other-x", judging),
            Map.of(at("camera", 0), 100L, at("camera", 1), 5L, at("assay.violations", 0), 3000L),
            List.of());
    var lags = new Lags(state, NAMES, "p");
    List<Lag> all =
        lags.all(List.of(new PipelineQueries.Stored(at("assay.violations", 0), 1000, 2)));
    assertThat(all)
        .extracting(Lag::group, Lag::topic, Lag::sum, Lag::unread)
        .containsExactly(
            tuple("assay-sink", "assay.violations", 2000L, 1L),
            tuple("assay-p-camera", "camera", 15L, 0L));
    assertThat(all.getLast().partitions().get(1)).isEqualTo(new Lag.Partition(1, -1, 5, "one"));
    assertThat(lags.instances())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.host()).isEqualTo("10.0.0.1");
              assertThat(one.holds()).isEqualTo("camera 0, 1");
            });
  }

  @Test
  void whatIsNotKnownIsNoLag() {
    var partition = new Lag.Partition(0, 7, -1, "");
    assertThat(partition.lag()).isEmpty();
    assertThat(partition.shown()).isEqualTo("?");
  }

  @Test
  void costsOfAllTasksAreAddedUpForTheRulesOfNow() {
    List<RuleUse> uses =
        List.of(
            use("0_0", 7, Map.of("slow", new RuleUse.Cost(10, 1_000_000))),
            use("0_1", 7, Map.of("slow", new RuleUse.Cost(30, 3_000_000))),
            use("0_2", 7, Map.of("quick", new RuleUse.Cost(100, 1_000_000))),
            use("0_3", 6, Map.of("slow", new RuleUse.Cost(1, 900_000_000))));
    assertThat(RuleCost.of(uses, 7, Map.of("slow", 1000L, "quick", 10_000L)))
        .extracting(RuleCost::assertion, RuleCost::micros, RuleCost::measured, RuleCost::share)
        .containsExactly(tuple("slow", 100.0, 40L, 50.0), tuple("quick", 10.0, 100L, 50.0));
    assertThat(RuleCost.of(uses, 8, Map.of())).isEmpty();
  }

  private static RuleUse use(String task, long generation, Map<String, RuleUse.Cost> costs) {
    return new RuleUse("p", "assay-p-x", task, generation, 1, Map.of(), Map.of(), costs);
  }

  @Test
  void aBrokerThatIsAwayIsToldAndWhatItSaidLastStays() {
    var fails = new boolean[] {false};
    var latest =
        new Latest<>(
            () -> {
              if (fails[0]) {
                throw new IllegalStateException("away");
              }
              return 42;
            },
            failure -> "it is " + failure.getMessage(),
            Clock.systemUTC(),
            Duration.ZERO);
    assertThat(latest.get().value()).isEqualTo(Optional.of(42));
    assertThat(latest.get().trouble()).isEmpty();
    fails[0] = true;
    assertThat(latest.get().trouble()).isEqualTo("it is away");
    assertThat(latest.get().value()).isEqualTo(Optional.of(42));
    fails[0] = false;
    assertThat(latest.get().trouble()).isEmpty();
  }
}
