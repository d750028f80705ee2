package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicLayoutTest {
  private static final String STATE = "assay-default-camera-state-changelog";
  private static final String INTERNAL = "assay-default-camera-by-key-repartition";
  private static final String JOINED_STATE = "assay-default-camera.lidar-state-changelog";
  private static final String OF_LIDAR = "assay-default-camera.lidar-by-key-lidar-repartition";

  private static final List<StreamType> BOTH =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "rules",
                      """
                      language 1
                      stream camera from topic "camera" { key vehicle string time at timestamp(millis) }
                      stream lidar from topic "lidar" { key vehicle string time at timestamp(millis) }
                      """)))
          .rules()
          .orElseThrow()
          .streams();
  private static final List<StreamType> CAMERA = BOTH.subList(0, 1);

  @Test
  void theFirstStartTakesTheLargestSource() {
    TopicLayout layout = layout(BOTH, false, Map.of("camera", 3, "lidar", 2));
    assertThat(layout.keyed()).isFalse();
    assertThat(layout.partitions()).isEqualTo(3);
    assertThat(layout.sources("lidar")).isEqualTo(2);
    assertThat(layout.problem()).isEmpty();
  }

  @Test
  void partitionsThatAreAddedToASourceChangeItsLanesAlone() {
    TopicLayout layout = layout(CAMERA, false, Map.of("camera", 5, INTERNAL, 2, STATE, 2));
    assertThat(layout.partitions()).isEqualTo(2);
    assertThat(layout.sources("camera")).isEqualTo(5);
    assertThat(layout.problem()).isEmpty();
  }

  @Test
  void aKeyedTopicWithOtherPartitionsThanItsStateIsAProblem() {
    assertThat(layout(CAMERA, true, Map.of("camera", 2, STATE, 2)).problem()).isEmpty();
    TopicLayout grown = layout(CAMERA, true, Map.of("camera", 3, STATE, 2));
    assertThat(grown.problem().orElseThrow())
        .contains("camera has 3 partitions", "remembered in 2", STATE, "assay.keyed=false");
  }

  @Test
  void withoutKeyedTheirEventsComeBackToTheirState() {
    TopicLayout layout = layout(CAMERA, false, Map.of("camera", 3, STATE, 2));
    assertThat(layout.keyed()).isFalse();
    assertThat(layout.partitions()).isEqualTo(2);
    assertThat(layout.problem()).isEmpty();
  }

  @Test
  void joinedTopicsThatWereAlikeAndAreNoMoreAreAProblem() {
    assertThat(layout(BOTH, true, Map.of("camera", 2, "lidar", 2)).keyed()).isTrue();
    TopicLayout apart = layout(BOTH, true, Map.of("camera", 2, "lidar", 3, JOINED_STATE, 2));
    assertThat(apart.problem().orElseThrow()).contains("lidar has 3 partitions");
  }

  @Test
  void joinedTopicsThatWereNeverAlikeStayWithTheirInternalTopics() {
    assertThat(layout(BOTH, true, Map.of("camera", 2, "lidar", 3)).keyed()).isFalse();
    TopicLayout grown =
        layout(BOTH, true, Map.of("camera", 3, "lidar", 3, OF_LIDAR, 3, JOINED_STATE, 3));
    assertThat(grown.keyed()).isFalse();
    assertThat(grown.problem()).isEmpty();
  }

  @Test
  void anInternalTopicThatSomeoneChangedIsAProblem() {
    TopicLayout changed = layout(CAMERA, false, Map.of("camera", 2, INTERNAL, 3, STATE, 2));
    assertThat(changed.problem().orElseThrow()).contains(STATE, "must not be changed");
  }

  private static TopicLayout layout(
      List<StreamType> streams, boolean keyed, Map<String, Integer> counts) {
    ProcessorSettings settings =
        ProcessorSettings.of("localhost:9092", Path.of("unused")).keyed(keyed);
    assertThat(TopicLayout.topics(streams, settings)).containsAll(counts.keySet());
    return TopicLayout.of(streams, settings, new TopicPartitions(counts));
  }
}
