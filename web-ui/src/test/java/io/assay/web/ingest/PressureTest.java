package io.assay.web.ingest;

import static io.assay.web.ingest.EventsEndpointTest.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.system.ProgramClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When more comes than goes out, and when nothing goes out at all. */
class PressureTest {
  private static final String LINES = "application/x-ndjson";
  private static final String SPEED = IngestRun.path("speed");
  private static final String EVENT = "{\"vehicle\":\"p\",\"at\":1}\n";

  /** 3 KB. */
  private static final String LARGE =
      "{\"vehicle\":\"p\",\"at\":1,\"x\":\"%s\"}\n".formatted("x".repeat(3000));

  @TempDir private Path folder;

  @Test
  void moreThanTheRoomForAllRequestsIsSentBackUntilThereIsRoom() throws Exception {
    Map<String, Object> small =
        Map.of(
            "assay.ingest.max-event", "4KB",
            "assay.ingest.max-events", "20",
            "assay.ingest.max-request", "64KB",
            "assay.ingest.max-in-flight", "72KB");
    try (IngestRun run = IngestRun.start(folder, small)) {
      String secret = run.secret(new TokenWish("slow", Set.of(Scope.INGEST), Set.of(), null));
      var program = run.program();
      try (var slow = new Socket(InetAddress.getLoopbackAddress(), run.web.running().port())) {
        slow.getOutputStream().write(head(secret, 60_000).getBytes(UTF_8));
        slow.getOutputStream().write(LARGE.repeat(15).getBytes(UTF_8));
        slow.getOutputStream().flush();
        awaitHeld(run, 15L * LARGE.length());
        HttpResponse<String> refused = program.post(SPEED, LINES, LARGE.repeat(10));
        assertProblem(refused, 429, "nothing of this request was kept");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(program.post(SPEED, LINES, EVENT).statusCode()).isEqualTo(202);
      }
      awaitHeld(run, 0);
      assertThat(program.post(SPEED, LINES, LARGE.repeat(10)).statusCode()).isEqualTo(202);
      assertThat(run.records("speed")).hasSize(11);
    }
  }

  private static String head(String secret, int length) {
    return """
    POST %s HTTP/1.1
    Host: 127.0.0.1
    Authorization: Bearer %s
    Content-Type: application/x-ndjson
    Content-Length: %d

    """
        .formatted(SPEED, secret, length)
        .replace("\n", "\r\n");
  }

  /** The server reads at its own pace. */
  private static void awaitHeld(IngestRun run, long bytes) throws InterruptedException {
    InFlight inFlight = run.web.running().context().getBean(InFlight.class);
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (inFlight.held() != bytes && System.nanoTime() < until) {
      Thread.sleep(10);
    }
    assertThat(inFlight.held()).isEqualTo(bytes);
  }

  @Test
  void whatTheProducerHasNoRoomForIsSentBackWithWhatWasTaken() throws InterruptedException {
    Map<String, Object> small =
        Map.of(
            "assay.ingest.kafka.batch.size", "1000",
            "assay.ingest.kafka.buffer.memory", "20000",
            "assay.ingest.kafka.compression.type", "none",
            "assay.ingest.kafka.max.block.ms", "1");
    try (IngestRun run = IngestRun.start(folder, small)) {
      // The producer asks where the topic is before it takes anything, which takes longer.
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (run.program().post(SPEED, LINES, EVENT).statusCode() != 202
          && System.nanoTime() < until) {
        Thread.sleep(100);
      }
      int before = run.records("speed").size();
      HttpResponse<String> refused = run.program().post(SPEED, LINES, LARGE.repeat(200));
      assertProblem(refused, 429, "send the request again");
      int taken = run.records("speed").size() - before;
      assertThat(taken).isBetween(1, 199);
      assertThat(refused.body()).contains("\"acknowledged\":" + taken + ",");
    }
  }

  @Test
  void aBrokerThatIsAwayIsSaidInABoundedTime() throws IOException {
    int nobody;
    try (var free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    Map<String, Object> away =
        Map.of(
            "assay.ingest.bootstrap-servers",
            "127.0.0.1:" + nobody,
            "assay.ingest.answer-within",
            "1s");
    try (IngestRun run = IngestRun.start(folder, away)) {
      long before = System.nanoTime();
      var answer = run.program().post(SPEED, LINES, EVENT.repeat(100));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
      assertProblem(answer, 503, "send the request again");
      assertThat(answer.body()).contains("\"acknowledged\":0", "\"position\":1,");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  @Test
  void badTokensAreTurnedAwayAndGoodOnesOfTheSameAddressAreNot() {
    try (IngestRun run = IngestRun.start(folder, Map.of())) {
      var program = run.program();
      assertThat(program.post(SPEED, LINES, EVENT).statusCode()).isEqualTo(202);
      var guessing = new ProgramClient(run.web.address(), "assay_guess");
      for (int i = 0; i < 60; i++) {
        assertThat(guessing.post(SPEED, LINES, EVENT).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = guessing.post(SPEED, LINES, EVENT);
      assertProblem(refused, 429, "too many bad tokens");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(program.post(SPEED, LINES, EVENT).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void withoutABrokerOrRulesRequestsAreToldWhatIsNotSet() {
    try (IngestRun run = IngestRun.start(folder, Map.of("assay.ingest.bootstrap-servers", ""))) {
      assertProblem(run.program().post(SPEED, LINES, EVENT), 503, "assay.ingest.bootstrap-servers");
    }
  }
}
