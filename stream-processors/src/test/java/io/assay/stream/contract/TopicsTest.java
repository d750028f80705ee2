package io.assay.stream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private final Topics topics = new Topics("acme.assay");

  @Test
  void allThatAssayMakesBelongsToIt() {
    assertThat(topics.plans(3))
        .allSatisfy(plan -> assertThat(topics.owner(plan.name())).contains("Assay itself"));
  }

  /** As Kafka Streams names what it makes for our groups. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme.assay-street-camera-state-changelog",
        "acme.assay-street-camera.lidar-by-key-camera-repartition",
        "acme.assay.windows.street-windows-changelog",
        "acme.assay.truths.street.loans-truths-changelog",
        "acme.assay.serving.street.loans-by-id-repartition",
        "acme.assay.embeddings.street.words-vectors-changelog"
      })
  void soDoesWhatProcessorsRemember(String topic) {
    assertThat(topics.owner(topic)).contains("Assay itself");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "camera",
        "assay.violations",
        "acme.assay",
        "acme.assay.camera",
        "acme.assay.violations.eu",
        "acme.assayer-camera",
        "acme.assay.windows",
        "x.acme.assay.violations"
      })
  void anyOtherMayBeNamed(String topic) {
    assertThat(topics.owner(topic)).isEmpty();
  }
}
