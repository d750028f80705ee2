package io.assay.web.ingest;

import static io.assay.web.ingest.EventsEndpointTest.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.ProgramClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CloudEvents over HTTP, as the specification's examples and serving stacks send them. */
class CloudEventsTest {
  private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String SPEED = IngestRun.path("speed");

  @TempDir private static Path folder;
  private static IngestRun run;
  private static ProgramClient program;

  @BeforeAll
  static void start() {
    run = IngestRun.start(folder, Map.of());
    program = run.program();
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @Test
  void binaryModeIsTheBodyAndHeadersThatArePercentDecoded() {
    var headers =
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", "A234-1234-1234",
            "ce-source", "/cars/Z%C3%BCrich%201",
            "ce-type", "com.example.speed",
            "ce-time", "2026-04-05T17:31:00Z",
            "ce-comexampleextension", "%22quoted%22",
            "ce-traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "Content-Type", "application/json");
    String body = "{\"vehicle\":\"bin\",\"at\":1,\"speed\":3.0}";
    assertThat(program.post(SPEED, headers, body.getBytes(UTF_8)).statusCode()).isEqualTo(202);
    ConsumerRecord<byte[], byte[]> record = only("speed", "bin");
    assertThat(IngestRun.text(record.value())).isEqualTo(body);
    assertThat(IngestRun.headers(record))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "ce_specversion", "1.0",
                    "ce_id", "A234-1234-1234",
                    "ce_source", "/cars/Zürich 1",
                    "ce_type", "com.example.speed",
                    "ce_time", "2026-04-05T17:31:00Z",
                    "ce_comexampleextension", "\"quoted\"",
                    "ce_traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "content-type", "application/json")));
  }

  @Test
  void structuredModeBecomesWhatBinaryModeWouldHaveBeen() {
    String event =
        """
        {
          "specversion" : "1.0",
          "type" : "com.example.speed",
          "source" : "/cars",
          "id" : "C234-1234-1234",
          "time" : "2026-04-05T17:31:00Z",
          "comexampleextension1" : "valüe",
          "comexampleothervalue" : 5,
          "flag" : true,
          "nothing" : null,
          "datacontenttype" : "application/json",
          "data" : { "vehicle" : "str", "at":1 , "speed":3.0 }
        }
        """;
    assertThat(program.post(SPEED, STRUCTURED, event).statusCode()).isEqualTo(202);
    ConsumerRecord<byte[], byte[]> record = only("speed", "str");
    assertThat(IngestRun.text(record.value()))
        .isEqualTo("{ \"vehicle\" : \"str\", \"at\":1 , \"speed\":3.0 }");
    assertThat(IngestRun.headers(record))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "ce_specversion", "1.0",
                    "ce_id", "C234-1234-1234",
                    "ce_source", "/cars",
                    "ce_type", "com.example.speed",
                    "ce_time", "2026-04-05T17:31:00Z",
                    "ce_comexampleextension1", "valüe",
                    "ce_comexampleothervalue", "5",
                    "ce_flag", "true",
                    "content-type", "application/json")));
  }

  @Test
  void base64AndTextsAreOpened() {
    String batch =
        """
        [
          {"specversion":"1.0","id":"1","source":"/s","type":"t",
           "data_base64":"eyJ2ZWhpY2xlIjoiYjY0IiwiYXQiOjF9"},
          {"specversion":"1.0","id":"2","source":"/s","type":"t","datacontenttype":"text/plain",
           "data":"{\\"vehicle\\":\\"b64\\",\\"at\\":2}"}
        ]
        """;
    assertThat(program.post(SPEED, BATCH, batch).statusCode()).isEqualTo(202);
    assertThat(of("speed", "b64").stream().map(record -> IngestRun.text(record.value())))
        .containsExactly("{\"vehicle\":\"b64\",\"at\":1}", "{\"vehicle\":\"b64\",\"at\":2}");
    assertThat(IngestRun.headers(of("speed", "b64").getLast()))
        .containsEntry("content-type", "text/plain");
  }

  @Test
  void aBatchWithABadEventIsRefusedWhole() {
    String batch =
        """
        [
          {"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"vehicle":"bad","at":1}},
          {"specversion":"2.0","source":"/s","type":"t","data":{"vehicle":"bad","at":1}},
          {"specversion":"1.0","id":"3","source":"/s","type":"t","Dat":{"a":1}},
          7
        ]
        """;
    var answer = program.post(SPEED, BATCH, batch);
    assertProblem(answer, 400, "3 of 4 are no CloudEvents; nothing was kept");
    assertThat(answer.body())
        .contains(
            "{\"position\":2,\"reason\":\"specversion must be one of [1.0, 0.3], got '2.0'; id is"
                + " needed, none came\"}",
            "\"position\":3",
            "did you mean 'data'?",
            "{\"position\":4,\"reason\":\"needed a CloudEvent as a JSON object\"}");
    String unreadable = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}";
    assertProblem(program.post(SPEED, STRUCTURED, unreadable), 400, "broken-json");
    assertProblem(program.post(SPEED, STRUCTURED, "[]"), 400, "a CloudEvent as a JSON object");
    assertProblem(program.post(SPEED, BATCH, "{}"), 400, "a JSON array of CloudEvents");
    assertProblem(
        program.post(SPEED, "application/cloudevents+avro", "x"), 415, "cloudevents+avro");
    assertProblem(
        program.post(SPEED, Map.of("ce-id", "1", "Content-Type", "application/json"), new byte[0]),
        400,
        "ce-specversion is needed, none came; ce-source is needed");
    assertThat(of("speed", "bad")).isEmpty();
  }

  /** As KServe 0.15's logger posts them (pkg/logger/worker.go, CloudEvents' Go SDK). */
  @Test
  void whatAServingStackSendsGoesToItsTopicsAsItCame() {
    String request = "{\"instances\":[{\"applicant\":\"p1\"}]}";
    String response = "{\"predictions\":[0.12]}";
    assertThat(kserve("request", request).statusCode()).isEqualTo(202);
    assertThat(kserve("response", response).statusCode()).isEqualTo(202);
    assertThat(run.records("requests")).singleElement().satisfies(r -> raw(r, "request", request));
    assertThat(run.records("responses"))
        .singleElement()
        .satisfies(record -> raw(record, "response", response));
    assertThat(run.records("served")).isEmpty();
    assertProblem(kserve("feedback", "{}"), 400, "ends in .request or .response");
  }

  private static void raw(ConsumerRecord<byte[], byte[]> record, String kind, String body) {
    assertThat(IngestRun.text(record.value())).isEqualTo(body);
    assertThat(IngestRun.text(record.key())).isEqualTo("7c6f");
    assertThat(IngestRun.headers(record))
        .containsEntry("ce_type", "org.kubeflow.serving.inference." + kind)
        .containsEntry("ce_inferenceservicename", "credit-risk")
        .containsEntry("ce_metadata", "{\"zone\":\"Zürich 1\"}");
  }

  private static HttpResponse<String> kserve(String kind, String body) {
    var headers =
        new HashMap<>(
            Map.of(
                "Ce-Specversion", "1.0",
                "Ce-Id", "7c6f",
                "Ce-Source", "http://localhost:9081/",
                "Ce-Type", "org.kubeflow.serving.inference." + kind,
                "Ce-Inferenceservicename", "credit-risk",
                "Ce-Namespace", "prod",
                "Ce-Component", "predictor",
                "Ce-Endpoint", "",
                "Ce-Metadata", "%7B%22zone%22:%22Z%C3%BCrich%201%22%7D"));
    headers.put("Content-Type", "application/json");
    return program.post(IngestRun.path("served"), headers, body.getBytes(UTF_8));
  }

  private static List<ConsumerRecord<byte[], byte[]>> of(String stream, String key) {
    return run.records(stream).stream().filter(r -> IngestRun.text(r.key()).equals(key)).toList();
  }

  private static ConsumerRecord<byte[], byte[]> only(String stream, String key) {
    List<ConsumerRecord<byte[], byte[]>> found = of(stream, key);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
