package io.assay.web.labels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.assay.web.delivery.Signature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To a receiver on this machine that checks what it is sent. */
class WebhookSenderTest {
  private static final String SECRET = "a secret of enough letters";

  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<String> taken = new ArrayList<>();
  private HttpServer receiver;
  private URI to;

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String signature = exchange.getRequestHeaders().getFirst("X-Signature-256");
          boolean ours = Signature.of(SECRET, body).equals(signature);
          int answer = ours ? Objects.requireNonNullElse(answers.poll(), 204) : 401;
          if (answer == 204) {
            taken.add(
                exchange.getRequestHeaders().getFirst("X-Assay-Delivery")
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-Assay-Event")
                    + " "
                    + new String(body, UTF_8));
          }
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    receiver.start();
    to = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  @Test
  void aBodyIsSignedAndTakenOnce() throws InterruptedException {
    answers.add(500);
    answers.add(302);
    try (var sender = sender(SECRET, true)) {
      assertThat(sender.send(to, "7", "round.full", "{\"a\":\"ü\"}")).hasValue("it answered 500");
      assertThat(sender.send(to, "7", "round.full", "{}")).hasValue("it answered 302");
      assertThat(sender.send(to, "7", "round.full", "{\"a\":\"ü\"}")).isEmpty();
    }
    assertThat(taken).containsExactly("7 round.full {\"a\":\"ü\"}");
  }

  /** Its thread sends all others, too: it must not wait for ever. */
  @Test
  void anAnswerThatDoesNotEndIsAFailure() throws InterruptedException {
    var over = new CountDownLatch(1);
    receiver.removeContext("/");
    receiver.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().flush();
          try (exchange) {
            over.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
        });
    WebhookSettings hasty =
        new WebhookSettings(
            "http://127.0.0.1/", SECRET, 4, s(30), s(100), Duration.ofMillis(500), true);
    try (var sender = new WebhookSender(hasty, Clock.systemUTC())) {
      assertThat(sender.send(to, "7", "round.full", "{}"))
          .hasValueSatisfying(why -> assertThat(why).contains("no whole answer within PT0.5S"));
    } finally {
      over.countDown();
    }
  }

  @Test
  void anotherSecretIsNoSignature() throws InterruptedException {
    try (var sender = sender("another secret, as long", true)) {
      assertThat(sender.send(to, "7", "round.full", "{}")).hasValue("it answered 401");
    }
  }

  @Test
  void privateNetworksAndDeadEndsAreFailures() throws InterruptedException {
    try (var sender = sender(SECRET, false)) {
      assertThat(sender.send(to, "7", "round.full", "{}"))
          .hasValueSatisfying(why -> assertThat(why).contains("private network"));
    }
    receiver.stop(0);
    try (var sender = sender(SECRET, true)) {
      assertThat(sender.send(to, "7", "round.full", "{}")).isPresent();
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void settingsThatCannotBeAreRefusedWithoutTheirSecrets() {
    assertThatThrownBy(
            () -> new WebhookSettings("ftp://u:pw@x", SECRET, 1, s(1), s(1), s(1), false))
        .hasMessageContaining("needs an http or https address")
        .hasMessageNotContaining("pw");
    assertThatThrownBy(() -> settings("short", false)).hasMessageContaining("got 5");
    assertThat(settings(SECRET, false).toString()).doesNotContain(SECRET);
  }

  private static WebhookSender sender(String secret, boolean privateNetworks) {
    return new WebhookSender(settings(secret, privateNetworks), Clock.systemUTC());
  }

  private static WebhookSettings settings(String secret, boolean privateNetworks) {
    return new WebhookSettings(
        "http://127.0.0.1/", secret, 4, s(30), s(100), s(5), privateNetworks);
  }

  private static Duration s(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
