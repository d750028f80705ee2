package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.assertions.Figures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service says over HTTP while no broker answers. */
class ServiceHealthTest {
  private static final String RULES =
      """
      language 1
      stream camera from topic "av.camera" {
        key   vehicle  string
        time  at       timestamp(millis)
      }
      """;

  @TempDir private Path folder;

  @Test
  void livesWithoutABrokerAndIsNotReady() throws Exception {
    Files.writeString(folder.resolve("camera.assay"), RULES);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(ProcessorService.class)
            .properties(ProcessorService.defaults())
            .registerShutdownHook(false)
            .run(
                "--assay.rules=" + folder,
                "--assay.bootstrap-servers=127.0.0.1:1",
                "--assay.state-folder=" + folder.resolve("state"),
                "--assay.project=street",
                "--logging.file.name=" + folder.resolve("log"),
                "--logging.structured.format.file=ecs",
                "--management.server.port=0")) {
      StreamProcessors processors = context.getBean(StreamProcessors.class);
      for (int i = 0; i < 400 && processors.status().getFirst().message().isEmpty(); i++) {
        Thread.sleep(50);
      }
      String port = context.getEnvironment().getProperty("local.management.port", "none");
      assertThat(context.getEnvironment().getProperty("local.server.port")).isEqualTo("-1");

      HttpResponse<String> alive = get(port, "health/liveness");
      assertThat(alive.statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(port, "health/readiness");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("\"rules\"", "\"state\":\"WAITING\"", "127.0.0.1:1", "\"events\":0");
      assertThat(get(port, "prometheus").body())
          .contains(
              "assay_stream_running{project=\"street\",stream=\"rules\"} 0.0",
              "assay_stream_events_total{project=\"street\",stream=\"rules\"} 0.0",
              "jvm_memory_used_bytes{");
      assertThat(get(port, "env").statusCode()).isEqualTo(404);
      new Figures("camera").assertionFailed("slow", "it \"divides\" by 0");
    }
    List<JsonNode> lines = logged();
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.at("/service/name").asString()).isEqualTo("assay-processors");
              assertThat(line.path("project").asString()).isEqualTo("street");
              assertThat(line.at("/log/level").asString()).isIn("INFO", "WARN");
            });
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.path("message").asString()).contains("it \"divides\" by 0");
              assertThat(line.path("stream").asString()).isEqualTo("camera");
              assertThat(line.path("assertion").asString()).isEqualTo("slow");
            });
  }

  /** Each line is an object of its own. */
  private List<JsonNode> logged() throws IOException {
    return Files.readAllLines(folder.resolve("log")).stream()
        .map(line -> JsonMapper.shared().readTree(line))
        // An exporter that another test of this process has closed may try once more.
        .filter(line -> !line.at("/log/logger").asString().startsWith("io.opentelemetry"))
        .toList();
  }

  @Test
  void listensOnTheLoopbackAloneUnlessTold() {
    Map<String, Object> defaults = ProcessorService.defaults();
    assertThat(defaults).containsEntry("management.server.address", "127.0.0.1");
  }

  private static HttpResponse<String> get(String port, String endpoint) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%s/actuator/%s".formatted(port, endpoint));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
