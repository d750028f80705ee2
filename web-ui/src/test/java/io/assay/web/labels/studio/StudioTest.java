package io.assay.web.labels.studio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.assay.stream.contract.LabelRecord;
import io.assay.stream.contract.Topics;
import io.assay.web.labels.ExportSample;
import io.assay.web.labels.ExportSamples;
import io.assay.web.labels.PackedProject;
import io.assay.web.labels.TestSamples;
import io.assay.web.labels.VideoTiming;
import io.assay.web.labels.studio.StudioClient.StudioRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** There and back, with a Label Studio that refuses what the real one would. */
class StudioTest {
  private static final VideoTiming TIMING = new VideoTiming(25);
  private static final JsonMapper JSON = JsonMapper.shared();

  private StudioStub studio;
  private StudioClient client;

  @BeforeEach
  void open() throws IOException {
    studio = new StudioStub();
    client = client(StudioStub.TOKEN, true);
  }

  @AfterEach
  void close() {
    client.close();
    studio.close();
  }

  @Test
  void imagesVideosAndTablesAreTaken() {
    for (Map.Entry<String, Integer> each : Map.of("image", 3, "video", 1, "table", 1).entrySet()) {
      StudioExport.Made made = make(each.getKey());
      assertThat(made.exported().entries()).as(each.getKey()).isEqualTo(each.getValue());
      assertThat(studio.tasks(made.number())).as(each.getKey()).hasSize(each.getValue());
    }
  }

  @Test
  void boxesComeBackInPixels() {
    StudioExport.Made made = make("image");
    JsonNode task = studio.tasks(made.number()).getFirst();
    JsonNode payload = payload(task, task.at("/predictions/0/result"));
    LabelRecord label =
        StudioAnnotations.ofWebhook("default", payload, Instant.EPOCH).orElseThrow();
    assertThat(label.prediction()).isEqualTo("e1");
    assertThat(label.stream()).as("two streams may have an event e1").isEqualTo("camera");
    assertThat(label.verdict()).isEqualTo("error");
    assertThat(label.by()).isEqualTo("label-studio:rita@example.com");
    assertThat(label.fields())
        .hasToString(
            "{\"boxes\":[{\"label\":\"car\",\"area\":[10.0,20.0,40.0,30.0]},"
                + "{\"label\":\"person\",\"area\":[150.0,20.0,50.0,70.0]}]}");
    assertThat(StudioAnnotations.ofWebhook("other", payload, Instant.EPOCH))
        .as("of another project")
        .isEmpty();
  }

  @Test
  void correctedRecordsAndVideosComeBack() {
    JsonNode table = studio.tasks(make("table").number()).getFirst();
    assertThat(label(table).fields()).hasToString("{\"grade\":\"B\",\"income\":52000.0}");
    JsonNode video = studio.tasks(make("video").number()).getFirst();
    JsonNode car = label(video).fields().path("tracks").path(0);
    assertThat(car.path("label").asString()).isEqualTo("car");
    assertThat(car.path("frames").size()).isEqualTo(11);
    assertThat(car.at("/frames/5/area/0").asDouble()).isEqualTo(20);
  }

  @Test
  void whatIsSkippedOrSaysNothingIsNoLabel() {
    JsonNode task = studio.tasks(make("image").number()).getFirst();
    JsonNode nothing = payload(task, JSON.createArrayNode());
    assertThat(StudioAnnotations.ofWebhook("default", nothing, Instant.EPOCH)).isEmpty();
    JsonNode skipped = payload(task, task.at("/predictions/0/result"));
    skipped.path("annotation").asObject().put("was_cancelled", true);
    assertThat(StudioAnnotations.ofWebhook("default", skipped, Instant.EPOCH)).isEmpty();
  }

  @Test
  void anAnnotatorDoesNotWaitForUs() throws Exception {
    var taken = new CopyOnWriteArrayList<LabelRecord>();
    var attempts = new AtomicInteger();
    var done = new CountDownLatch(1);
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (StudioInbox inbox =
        StudioInbox.start(
            labels -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("the broker is away");
              }
              taken.addAll(labels);
              done.countDown();
            },
            (project, why) -> {},
            Clock.systemUTC(),
            Duration.ofMillis(10))) {
      web.createContext(
          "/",
          exchange -> {
            boolean ours =
                "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean room =
                ours
                    && inbox.offer(
                        "default", stream -> true, exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(room ? 202 : 503, -1);
            exchange.close();
          });
      web.start();
      StudioExport.Made made = make("table");
      client.createWebhook(
          made.number(), "http://127.0.0.1:" + web.getAddress().getPort() + "/", "Bearer t");
      JsonNode result = studio.tasks(made.number()).getFirst().at("/predictions/0/result");
      assertThat(studio.annotate(made.number(), 0, result)).as("within a second").isTrue();
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(attempts).hasValue(3);
      // The same is found by asking, and is the same label.
      List<LabelRecord> polled =
          client
              .tasks(made.number(), 1)
              .orElseThrow()
              .valueStream()
              .flatMap(task -> StudioAnnotations.ofTask("default", task, Instant.EPOCH).stream())
              .toList();
      assertThat(polled).isEqualTo(taken);
      assertThat(client.tasks(made.number(), 2)).isEmpty();
    } finally {
      web.stop(0);
    }
  }

  @Test
  void aFullInboxSaysSo() throws InterruptedException {
    try (StudioInbox inbox =
        StudioInbox.start(
            labels -> {}, (project, why) -> {}, Clock.systemUTC(), Duration.ofMillis(10))) {
      assertThat(inbox.offer("default", stream -> true, new byte[(32 << 20) + 1])).isFalse();
      assertThat(inbox.offer("default", stream -> true, "not JSON".getBytes(UTF_8))).isTrue();
    }
  }

  @Test
  void whatNoBrokerTakesHoldsUpNobody() {
    JsonNode task = studio.tasks(make("table").number()).getFirst();
    LabelRecord small = label(task);
    JsonNode result = task.at("/predictions/0/result").deepCopy();
    result
        .valueStream()
        .filter(region -> region.path("type").asString("").equals("textarea"))
        .forEach(
            region ->
                region
                    .path("value")
                    .asObject()
                    .putArray("text")
                    .add("{\"note\":\"%s\"}".formatted("x".repeat(Topics.LARGEST_INPUT))));
    LabelRecord large =
        StudioAnnotations.ofWebhook("default", payload(task, result), Instant.EPOCH).orElseThrow();
    assertThat(StudioAnnotations.fitting(List.of(large, small))).containsExactly(small);
  }

  @Test
  void onlyWhatIsNewIsTakenWhereItIsAskedAgain() {
    ObjectNode task = studio.tasks(make("table").number()).getFirst().deepCopy().asObject();
    ObjectNode annotation = task.putArray("annotations").addObject().put("id", 1);
    annotation.put("updated_at", "2026-03-01T12:00:00Z");
    annotation.set("result", task.at("/predictions/0/result"));
    JsonNode page = JSON.createArrayNode().add(task);
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(StudioAnnotations.since(noon, "default", page, Instant.MAX)).hasSize(1);
    assertThat(StudioAnnotations.since(noon.plusSeconds(1), "default", page, Instant.MAX))
        .isEmpty();
  }

  @Test
  void aTokenForSomeStreamsTellsOfThoseAlone() throws InterruptedException {
    var taken = new CopyOnWriteArrayList<LabelRecord>();
    var refused = new CopyOnWriteArrayList<String>();
    var done = new CountDownLatch(1);
    JsonNode task = studio.tasks(make("table").number()).getFirst();
    byte[] told = JSON.writeValueAsBytes(payload(task, task.at("/predictions/0/result")));
    try (StudioInbox inbox =
        StudioInbox.start(
            labels -> {
              taken.addAll(labels);
              done.countDown();
            },
            (project, why) -> refused.add(project + ": " + why),
            Clock.systemUTC(),
            Duration.ofMillis(10))) {
      inbox.offer("default", "another"::equals, told);
      inbox.offer("default", label(task).stream()::equals, told);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(taken).hasSize(1);
    assertThat(refused).singleElement().asString().startsWith("default: the token may not send");
  }

  @Test
  void refusalsSayWhatWasSaid() {
    try (StudioClient stranger = client("wrong", true);
        StudioClient guarded = client(StudioStub.TOKEN, false)) {
      assertThatThrownBy(() -> stranger.createProject("t", "", "<View></View>"))
          .isInstanceOf(StudioRefused.class)
          .hasMessageContaining("answered 401")
          .hasMessageContaining("Invalid token");
      assertThatThrownBy(() -> guarded.createProject("t", "", "<View></View>"))
          .hasMessageContaining("private network");
    }
    long project =
        client.createProject("t", "", "<View><Image name=\"i\" value=\"$image\"/></View>");
    assertThatThrownBy(() -> client.importTasks(project, "[{\"data\":{}}]".getBytes(UTF_8)))
        .hasMessageContaining("image: is missing in data");
  }

  private StudioExport.Made make(String medium) {
    List<ExportSample> samples = List.of(TestSamples.of(medium));
    try (var project = new PackedProject(ExportSamples.of(samples), TIMING)) {
      return StudioExport.make(client, "a round with a title that is longer than fifty", project);
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }

  private static LabelRecord label(JsonNode task) {
    JsonNode payload = payload(task, task.at("/predictions/0/result"));
    return StudioAnnotations.ofWebhook("default", payload, Instant.EPOCH).orElseThrow();
  }

  private static JsonNode payload(JsonNode task, JsonNode result) {
    var payload = JSON.createObjectNode().put("action", "ANNOTATION_UPDATED");
    payload.set("task", task);
    var annotation = payload.putObject("annotation").put("id", 5);
    annotation.putObject("completed_by").put("email", "rita@example.com");
    annotation.set("result", result);
    return payload;
  }

  private StudioClient client(String token, boolean privateNetworks) {
    var settings =
        new StudioSettings(
            studio.url(),
            token,
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            privateNetworks,
            25);
    return new StudioClient(settings, URI.create(studio.url()));
  }
}
