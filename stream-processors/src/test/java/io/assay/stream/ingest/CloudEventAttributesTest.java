package io.assay.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudEventAttributesTest {
  private static final Map<String, String> KSERVE =
      Map.of(
          "Ce-Specversion", "1.0",
          "Ce-Id", "7c6f",
          "Ce-Source", "http://localhost:9081/",
          "Ce-Type", "org.kubeflow.serving.inference.request",
          "Ce-Inferenceservicename", "credit",
          "Ce-Metadata", "%7B%22zone%22:%22Z%C3%BCrich 1%22%7D",
          "Content-Type", "application/json");

  @Test
  void readsWhatKServesLoggerSends() {
    assertThat(CloudEventAttributes.ofHttp(KSERVE))
        .isEqualTo(
            new CloudEventAttributes.Reading.Complete(
                new CloudEventAttributes(
                    "7c6f",
                    "http://localhost:9081/",
                    "org.kubeflow.serving.inference.request",
                    "application/json",
                    Map.of(
                        "inferenceservicename", "credit",
                        "metadata", "{\"zone\":\"Zürich 1\"}"))));
  }

  @Test
  void leavesPercentSignsOfKafkaHeadersAsTheyStand() {
    var headers =
        Map.of("ce_specversion", "1.0", "ce_id", "50%41", "ce_source", "/a", "ce_type", "t");
    assertThat(CloudEventAttributes.ofKafka(headers))
        .isEqualTo(
            new CloudEventAttributes.Reading.Complete(
                new CloudEventAttributes("50%41", "/a", "t", null, Map.of())));
  }

  @Test
  void readsMlServersOlderHeadersFromKafka() {
    var headers =
        Map.of(
            "Ce-Id", "1",
            "Ce-Specversion", "0.3",
            "Ce-Source", "io.seldon.serving.deployment.NOTIMPLEMENTED.NOTIMPLEMENTED",
            "Ce-Type", "io.seldon.serving.inference.response",
            "Ce-Modelid", "iris");
    assertThat(CloudEventAttributes.ofKafka(headers))
        .isEqualTo(
            new CloudEventAttributes.Reading.Complete(
                new CloudEventAttributes(
                    "1",
                    "io.seldon.serving.deployment.NOTIMPLEMENTED.NOTIMPLEMENTED",
                    "io.seldon.serving.inference.response",
                    null,
                    Map.of("modelid", "iris"))));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    var headers =
        Map.of("ce-specversion", "2.0", "ce-id", "%C3", "ce-my_field", "1", "ce-type", "");
    assertThat(CloudEventAttributes.ofHttp(headers))
        .isInstanceOfSatisfying(
            CloudEventAttributes.Reading.Refused.class,
            refused ->
                assertThat(refused.reasons())
                    .containsExactlyInAnyOrder(
                        "'ce-id': not percent-encoded UTF-8",
                        "'ce-my_field': attributes are named by letters and digits",
                        "ce-specversion must be one of [1.0, 0.3], got '2.0'",
                        "ce-id is needed, none came",
                        "ce-source is needed, none came",
                        "ce-type is needed, none came"));
  }

  @Test
  void takesQuotesOffAndRefusesBrokenPercentSigns() {
    assertThat(HeaderValue.decode("\"a \\\"b\\\" c\"")).isEqualTo("a \"b\" c");
    assertThat(HeaderValue.decode("%F0%9F%98%80 ☺")).isEqualTo("😀 ☺");
    assertThat(List.of("%", "%4", "%zz", "%+1"))
        .allSatisfy(broken -> assertThat(HeaderValue.decode(broken)).isNull());
  }
}
