package io.assay.web.ingest;

import static io.assay.web.ingest.EventsEndpointTest.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away while events come, and comes back. */
class BrokerOutageTest {
  private static final String SPEED = IngestRun.path("speed");
  private static final String EVENT = "{\"vehicle\":\"o\",\"at\":1}\n";

  @TempDir private Path folder;

  @Test
  void whatIsNotAcknowledgedIsSaidAndTakenWhenTheBrokerIsBack() throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.in(folder.resolve("broker"));
    EmbeddedRuntime broker = EmbeddedRuntime.start(settings);
    Map<String, Object> impatient =
        Map.of(
            "assay.ingest.bootstrap-servers",
            broker.bootstrapServers(),
            "assay.ingest.answer-within",
            "3s");
    try (IngestRun run = IngestRun.start(folder, impatient)) {
      broker.createTopics(List.of(new NewTopic(run.topic("speed"), 1, (short) 1)));
      assertThat(post(run, "before", EVENT).statusCode()).isEqualTo(202);
      broker.close();

      long began = System.nanoTime();
      HttpResponse<String> away = post(run, "during", EVENT);
      assertProblem(away, 503, "send the request again");
      assertThat(away.body()).contains("\"acknowledged\":0");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));

      broker = EmbeddedRuntime.start(settings);
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (post(run, "during", EVENT).statusCode() != 202 && System.nanoTime() < until) {
        Thread.sleep(200);
      }
      assertThat(post(run, "after", EVENT).statusCode()).isEqualTo(202);
    } finally {
      broker.close();
    }
  }

  private static HttpResponse<String> post(IngestRun run, String key, String body) {
    var headers = Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", key);
    return run.program().post(SPEED, headers, body.getBytes(UTF_8));
  }
}
