package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.RuleTexts;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.contract.Topics;
import io.assay.web.system.ProgramClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what KServe's logger posts to events of the stream. */
class ServedOverHttpTest {
  @TempDir private Path folder;

  @Test
  void aRequestAndItsResponseBecomeAnEventARow() throws InterruptedException {
    try (IngestRun run = IngestRun.start(folder, Map.of())) {
      ProgramClient program = run.program();
      String response =
          """
          {"model_name":"credit-risk","model_version":"3","outputs":[
            {"name":"risk","shape":[2],"datatype":"FP64","data":[0.12,0.03]}]}\
          """;
      String request =
          """
          {"inputs":[{"name":"applicant","shape":[2],"datatype":"BYTES","data":["p1","p2"]}]}\
          """;
      // In either order, and one of them twice.
      post(program, "response", response);
      post(program, "request", request);
      post(program, "request", request);
      CheckedRules rules =
          new RuleCompiler().compile(RuleTexts.read(run.rules)).rules().orElseThrow();
      ProcessorSettings settings =
          ProcessorSettings.of(TestBroker.shared().bootstrapServers(), folder.resolve("state"))
              .in("default", new Topics(run.prefix));
      try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
        List<ConsumerRecord<byte[], byte[]>> events = run.records("served");
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (events.size() < 2 && System.nanoTime() < until) {
          Thread.sleep(200);
          events = run.records("served");
        }
        assertThat(processors.status()).isNotEmpty();
        assertThat(events.stream().map(record -> IngestRun.text(record.key())))
            .containsExactlyInAnyOrder("p1", "p2");
        assertThat(events.stream().map(record -> IngestRun.text(record.value())))
            .allSatisfy(event -> assertThat(event).contains("\"id\":\"7c6f/", "\"risk\":0."));
      }
    }
  }

  private static void post(ProgramClient program, String kind, String body) {
    var headers =
        new HashMap<>(
            Map.of(
                "Ce-Specversion", "1.0",
                "Ce-Id", "7c6f",
                "Ce-Source", "http://localhost:9081/",
                "Ce-Type", "org.kubeflow.serving.inference." + kind,
                "Ce-Time", "2026-03-01T06:40:00Z",
                "Ce-Inferenceservicename", "credit-risk",
                "Ce-Namespace", "prod"));
    headers.put("Content-Type", "application/json");
    assertThat(program.post(IngestRun.path("served"), headers, body.getBytes(UTF_8)).statusCode())
        .isEqualTo(202);
  }
}
