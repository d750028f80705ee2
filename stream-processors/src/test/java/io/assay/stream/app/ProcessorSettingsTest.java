package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessorSettingsTest {
  private final ProcessorSettings settings =
      ProcessorSettings.of("localhost:9092", Path.of("state")).in("a", Topics.standard());

  @Test
  void groupsOfTheProjectTellTheirStreams() {
    assertThat(settings.streamsOf("assay-a-camera")).containsExactly("camera");
    assertThat(settings.streamsOf("assay-a-camera.lidar"))
        .containsExactlyInAnyOrder("camera", "lidar");
  }

  @Test
  void groupsOfOtherProjectsTellNoneHoweverTheyAreCalled() {
    assertThat(settings.streamsOf("assay-a-b-camera.lidar")).isEmpty();
    assertThat(settings.streamsOf("assay-b-camera")).isEmpty();
    assertThat(settings.streamsOf("assay.truths.a.camera")).isEmpty();
    assertThat(settings.streamsOf("assay-a-")).isEmpty();
  }
}
