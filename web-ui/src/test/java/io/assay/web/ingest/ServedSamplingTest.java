package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.stream.serving.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ServedSamplingTest {
  private static final String REQUEST =
      "{'id':'%s','inputs':[{'name':'plant','shape':[1],'datatype':'BYTES','data':['p1']}]}";
  private static final String RESPONSE =
      "{'id':'%s','outputs':[{'name':'class','shape':[1],'datatype':'INT64','data':[2]}]}";

  private static ServedSampling sampling(String serving) {
    String text =
        """
        language 1
        stream plants from topic "plants" {
          serving %s
          key plant string from inputs.plant
          time at timestamp
        }
        """
            .formatted(serving);
    DeclaredStream stream =
        new RuleCompiler()
            .compile(List.of(new SourceFile("plants.assay", text)), Map.of())
            .rules()
            .orElseThrow()
            .declared()
            .streams()
            .getFirst();
    return new ServedSampling(
        stream.serving().orElseThrow(), EventDecoder.of(stream.type(), Set.of()));
  }

  private static ProducerRecord<byte[], byte[]> record(String body, Map<String, String> headers) {
    var record = new ProducerRecord<byte[], byte[]>("any", body.replace('\'', '"').getBytes(UTF_8));
    headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  @Test
  void aRequestAndItsResponseGoByTheIdInTheirBodies() {
    ServedSampling mlserver =
        sampling("mlserver requests \"asked\" responses \"answered\" within 1min");
    assertThat(mlserver.by(record(REQUEST.formatted("r7"), Map.of()), Side.REQUEST))
        .isEqualTo(mlserver.by(record(RESPONSE.formatted("r7"), Map.of()), Side.RESPONSE))
        .contains("r7");
  }

  @Test
  void theyGoByTheHeaderThatTheirStackPairsByThoughEachIsACloudEventOfItsOwn() {
    ServedSampling seldon = sampling("seldon1 from topic \"log\" within 1min");
    assertThat(seldon.by(record(REQUEST.formatted("a"), seldon("1", "request")), null))
        .isEqualTo(seldon.by(record(RESPONSE.formatted("b"), seldon("2", "response")), null))
        .contains("r7");
  }

  private static Map<String, String> seldon(String id, String side) {
    return Map.of(
        "ce_specversion",
        "1.0",
        "ce_id",
        id,
        "ce_source",
        "/seldon",
        "ce_type",
        "io.seldon.serving.inference." + side,
        "ce_requestid",
        "r7");
  }

  @Test
  void whatNothingTellsBelongsToEverySample() {
    ServedSampling mlserver =
        sampling("mlserver requests \"asked\" responses \"answered\" within 1min");
    assertThat(mlserver.by(record("no JSON", Map.of()), Side.REQUEST)).isEqualTo(Optional.empty());
    assertThat(
            new Sampling(Map.of("default", Map.of("plants", 0.0))).keeps("default", "plants", null))
        .isTrue();
  }
}
