package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.assay.web.system.PrivateNetworks;
import io.assay.web.system.RunningWeb;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Another logger behind this one. */
class ForwardingTest {
  @TempDir private Path folder;
  private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private HttpServer other;

  @BeforeEach
  void startTheOther() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          came.add(
              "%s %s %s %s %s"
                  .formatted(
                      exchange.getRequestURI(),
                      headers.getFirst("Content-Type"),
                      headers.getFirst("ce-id"),
                      headers.getFirst("Authorization"),
                      body));
          if (exchange.getRequestURI().getPath().equals("/slow")) {
            await();
          }
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/bad") ? 500 : 204, -1);
          exchange.close();
        });
    other.start();
  }

  private void await() {
    try {
      answering.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stopTheOther() {
    answering.countDown();
    other.stop(0);
  }

  private String at(String path) {
    return "http://127.0.0.1:" + other.getAddress().getPort() + path;
  }

  @Test
  void acceptedRequestsGoOnAsTheyCameWithoutTheirToken() throws InterruptedException {
    Map<String, Object> to =
        Map.of(
            "assay.ingest.forward.to",
            at("/log?from=assay") + "," + at("/bad"),
            "assay.ingest.forward.private-networks",
            "true");
    try (IngestRun run = IngestRun.start(folder, to)) {
      var headers =
          Map.of(
              "ce-specversion", "1.0",
              "ce-id", "a%20b",
              "ce-source", "/s",
              "ce-type", "t",
              "Content-Type", "application/json");
      String event = "{\"vehicle\":\"f\",\"at\":1}";
      assertThat(run.program().post(IngestRun.path("speed"), headers, event.getBytes(UTF_8)))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(202));
      String later = "{\"vehicle\":\"f\",\"at\":2}";
      run.program().post(IngestRun.path("speed"), "application/json", "{}");
      run.program().post(IngestRun.path("speed"), "application/json", later);
      assertThat(List.of(next(), next(), next(), next()))
          .as("what was refused is not sent on")
          .containsExactlyInAnyOrder(
              "/log?from=assay application/json a%20b null " + event,
              "/bad application/json a%20b null " + event,
              "/log?from=assay application/json null null " + later,
              "/bad application/json null null " + later);
      Forwarding forwarding = run.web.running().context().getBean(Forwarding.class);
      awaitAnswered(forwarding, 2);
      assertThat(forwarding.status())
          .satisfiesExactly(
              good -> {
                assertThat(good.sent()).isEqualTo(2);
                assertThat(good.to()).isEqualTo(at("/log"));
              },
              bad -> {
                assertThat(bad.failed()).isEqualTo(2);
                assertThat(bad.trouble()).isEqualTo("it answered 500");
              });
    }
  }

  @Test
  void privateNetworksAreRefusedUnlessAllowed() throws InterruptedException {
    try (var forwarding = new Forwarding(settings("/log", false, 1 << 20))) {
      forwarding.forward(new Forwarding.Copy("text/plain", Map.of(), null, new byte[10]));
      awaitAnswered(forwarding, 1);
      assertThat(forwarding.status())
          .singleElement()
          .satisfies(
              status -> {
                assertThat(status.failed()).isEqualTo(1);
                assertThat(status.trouble()).contains("private network");
              });
      assertThat(came).isEmpty();
    }
  }

  @Test
  void whatASlowAddressDoesNotTakeIsDroppedAndCounted() throws InterruptedException {
    try (var forwarding = new Forwarding(settings("/slow", true, 3000))) {
      for (int i = 0; i < 10; i++) {
        forwarding.forward(new Forwarding.Copy("text/plain", Map.of(), null, new byte[1000]));
        if (i == 0) {
          assertThat(next()).contains("/slow");
        }
      }
      assertThat(forwarding.status())
          .singleElement()
          .satisfies(status -> assertThat(status.dropped()).isEqualTo(6));
      answering.countDown();
      awaitAnswered(forwarding, 4);
      assertThat(forwarding.status().getFirst().sent()).isEqualTo(4);
    }
  }

  @Test
  void aUserInAnAddressIsToldToItAndToNobodyElse() throws InterruptedException {
    String withUser = at("/bad?token=t0ken").replace("//", "//assay:s%40cret@");
    var to = new IngestSettings.Forward(List.of(withUser), true, DataSize.ofBytes(99));
    try (var forwarding = new Forwarding(to)) {
      forwarding.forward(new Forwarding.Copy("text/plain", Map.of(), null, new byte[0]));
      awaitAnswered(forwarding, 1);
      String basic = Base64.getEncoder().encodeToString("assay:s@cret".getBytes(UTF_8));
      assertThat(next()).startsWith("/bad?token=t0ken text/plain null Basic " + basic);
      assertThat(forwarding.status())
          .singleElement()
          .satisfies(status -> assertThat(status.to()).isEqualTo(at("/bad")))
          .satisfies(status -> assertThat(status.toString()).doesNotContain("cret", "t0ken"));
    }
    assertThat(to.toString()).contains(at("/bad")).doesNotContain("cret", "t0ken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "ftp://assay:s3cret@files/?t0ken ftp://files",
        "https://assay:s3/cret@logger/ 'one without a scheme or host'",
        "https:assay:s3cret@logger/ 'one without a scheme or host'",
        "s3cret:t0ken@logger/ 'one without a scheme or host'",
        "//assay:s3cret@logger/ 'one without a scheme or host'",
        "s3cret@logger 'one without a scheme or host'",
        "https://assay:s3%cret@logger/ 'one that cannot be read: malformed escape pair'",
        "https://assay:12/s3cret@logger/ 'one with an ''@'' behind its host'"
      })
  void anAddressThatIsRefusedIsNotShown(String address, String told) {
    assertThatThrownBy(
            () -> new IngestSettings.Forward(List.of(address), true, DataSize.ofBytes(99)))
        .hasMessageEndingWith("got " + told)
        .hasNoCause()
        .message()
        .doesNotContain("s3", "cret", "t0ken");
  }

  @Test
  void aStartWithAWrongAddressShowsNothingOfIt() {
    Map<String, Object> wrong = Map.of("assay.ingest.forward.to", "https://assay:s3%cret@logger/");
    assertThatThrownBy(() -> RunningWeb.start(wrong).close())
        .satisfies(
            failure -> {
              var text = new StringWriter();
              failure.printStackTrace(new PrintWriter(text));
              assertThat(text.toString())
                  .contains("assay.ingest.forward.to needs http or https addresses")
                  .doesNotContain("s3", "cret");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "10.1.2.3,true",
    "192.168.0.1,true",
    "172.16.0.9,true",
    "169.254.1.1,true",
    "100.64.0.1,true",
    "0.0.0.0,true",
    "224.0.0.1,true",
    "::1,true",
    "fd00::1,true",
    "fe80::1,true",
    "64:ff9b::a00:1,true",
    "::ffff:10.0.0.1,true",
    "::7f00:1,true",
    "2001:0:a00:1::1,true",
    "198.18.0.1,true",
    "192.0.0.8,true",
    "198.20.0.1,false",
    "192.0.1.1,false",
    "2001:4860:4860::8888,false",
    "8.8.8.8,false",
    "100.128.0.1,false",
    "172.32.0.1,false",
    "2606:4700::1111,false"
  })
  void addressesAreToldApart(String address, boolean isPrivate) throws UnknownHostException {
    assertThat(PrivateNetworks.has(address)).isEqualTo(isPrivate);
  }

  private IngestSettings.Forward settings(String path, boolean privateNetworks, long queue) {
    return new IngestSettings.Forward(List.of(at(path)), privateNetworks, DataSize.ofBytes(queue));
  }

  private String next() throws InterruptedException {
    String one = came.poll(20, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    return String.valueOf(one);
  }

  /** Until each address has taken or refused so many. */
  private static void awaitAnswered(Forwarding forwarding, long each) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (forwarding.status().stream().anyMatch(one -> one.sent() + one.failed() < each)) {
      assertThat(System.nanoTime() - until).as("%s", forwarding.status()).isNegative();
      Thread.sleep(20);
    }
  }
}
