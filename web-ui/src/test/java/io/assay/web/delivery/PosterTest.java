package io.assay.web.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosterTest {
  private static final String SECRET_PATH = "/services/T0/B0/verysecret";

  private final Poster poster = new Poster(Duration.ofMillis(400), Clock.systemUTC());
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Retry-After", "7");
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          int status = Integer.parseInt(exchange.getRequestHeaders().getFirst("X-Status"));
          byte[] body = "x".repeat(100_000).getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    receiver.createContext(
        "/slow",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    poster.close();
    receiver.stop(0);
  }

  @Test
  void answersAreReadInPartAndNotFollowed() throws InterruptedException {
    assertThat(poster.send(post("/", "200"), true))
        .isEqualTo(new Answer.Taken("x".repeat(FirstBytes.MOST)));
    var turned = (Answer.Turned) poster.send(post("/", "302"), true);
    assertThat(turned.status()).isEqualTo(302);
    assertThat(turned.retryAfter()).hasValue(Duration.ofSeconds(7));
  }

  @Test
  void onlyWhatIsWrongItselfIsNotSentAgain() {
    for (int status : new int[] {302, 408, 429, 500, 503}) {
      assertThat(turned(status).mayPass()).as("%d", status).isTrue();
    }
    for (int status : new int[] {400, 401, 403, 404, 410, 413, 422}) {
      assertThat(turned(status).mayPass()).as("%d", status).isFalse();
    }
  }

  @Test
  void anAnswerThatDoesNotEndIsNone() throws InterruptedException {
    assertThat(poster.send(post("/slow", "200"), true))
        .isEqualTo(new Answer.None("there was no whole answer within PT0.4S"));
  }

  @Test
  void privateNetworksAreNotAskedUnlessAllowed() throws InterruptedException {
    assertThat(poster.send(post("/", "200"), false)).isEqualTo(new Answer.Private());
  }

  @Test
  void whatFailedNeverSaysWhere() throws InterruptedException {
    receiver.stop(0);
    assertThat(poster.send(post(SECRET_PATH, "200"), true))
        .isEqualTo(new Answer.None("there was no connection"));
    assertThat(post(SECRET_PATH, "200").toString()).doesNotContain("verysecret");
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    Instant now = Instant.parse("2026-11-27T09:00:00Z");
    assertThat(Poster.retryAfter("120", now)).hasValue(Duration.ofMinutes(2));
    assertThat(Poster.retryAfter("Fri, 27 Nov 2026 09:00:30 GMT", now))
        .hasValue(Duration.ofSeconds(30));
    assertThat(Poster.retryAfter("Fri, 27 Nov 2026 08:00:30 GMT", now)).hasValue(Duration.ZERO);
    assertThat(Poster.retryAfter("soon", now)).isEmpty();
  }

  private static Answer.Turned turned(int status) {
    return new Answer.Turned(status, java.util.Optional.empty(), "");
  }

  private Post post(String path, String status) {
    URI to = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
    return new Post(to, Map.of("X-Status", status), "{}");
  }
}
