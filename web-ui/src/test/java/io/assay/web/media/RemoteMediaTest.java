package io.assay.web.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** From a server on this machine, and what becomes of its images. */
class RemoteMediaTest {
  private HttpServer server;
  private int port;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port = server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          byte[] body = "0123456789".getBytes(UTF_8);
          int status =
              switch (exchange.getRequestURI().getPath()) {
                case "/moved.png" -> 302;
                case "/none.png" -> 404;
                default -> range == null ? 200 : 206;
              };
          exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port + "/1.png");
          if (status == 206) {
            body = "234".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Range", range.replace('=', ' ') + "/10");
          }
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void allOfItOrARange() throws IOException {
    var remote = new RemoteMedia(settings(true, 1000));
    try (var all = remote.fetch(place("/1.png", false), Optional.empty())) {
      assertThat(all.status()).isEqualTo(200);
      assertThat(all.length()).hasValue(10);
      assertThat(all.body().readAllBytes()).asString().isEqualTo("0123456789");
    }
    try (var some = remote.fetch(place("/1.png", false), Optional.of("bytes=2-4"))) {
      assertThat(some.status()).isEqualTo(206);
      assertThat(some.range()).isEqualTo("bytes 2-4/10");
      assertThat(some.body().readAllBytes()).asString().isEqualTo("234");
    }
    try (var all = remote.fetch(place("/1.png", false), Optional.of("bytes=0-1,4-5"))) {
      assertThat(all.status()).as("several ranges are not passed on").isEqualTo(200);
    }
    remote.destroy();
  }

  @Test
  void noOtherServerLeadsUsIntoAPrivateNetwork() {
    var remote = new RemoteMedia(settings(false, 1000));
    assertThatThrownBy(() -> remote.fetch(place("/1.png", false), Optional.empty()))
        .hasMessageContaining("private network");
    var open = new RemoteMedia(settings(true, 1000));
    assertThatThrownBy(() -> open.fetch(place("/moved.png", false), Optional.empty()))
        .hasMessage("it answered 302");
    assertThatThrownBy(() -> open.fetch(place("/none.png", false), Optional.empty()))
        .hasMessage("it answered 404");
    remote.destroy();
    open.destroy();
  }

  @Test
  void whatTheOperatorNamesMayBeAnywhere() throws IOException {
    var remote = new RemoteMedia(settings(false, 1000));
    try (var all = remote.fetch(place("/1.png", true), Optional.empty())) {
      assertThat(all.status()).isEqualTo(200);
    }
    remote.destroy();
  }

  @Test
  void whoBeginsAndSendsNoMoreIsGivenUp() throws IOException {
    var over = new CountDownLatch(1);
    server.createContext(
        "/slow.png",
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write('0');
          exchange.getResponseBody().flush();
          try (exchange) {
            over.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
        });
    var remote = new RemoteMedia(settings(true, 1000, Duration.ofMillis(300)));
    try (var some = remote.fetch(place("/slow.png", false), Optional.empty())) {
      assertThatThrownBy(() -> some.body().readAllBytes()).hasMessage("nothing came for PT0.3S");
    } finally {
      over.countDown();
    }
    remote.destroy();
  }

  @Test
  void whatIsTooLargeIsNotBegun() {
    var remote = new RemoteMedia(settings(true, 9));
    assertThatThrownBy(() -> remote.fetch(place("/1.png", false), Optional.empty()))
        .hasMessage("it has 10 bytes");
    remote.destroy();
  }

  @Test
  void thumbnailsAreSmallAndKeepTheShape() throws IOException {
    BufferedImage small = thumbnail(png(3000, 1000), 300);
    assertThat(small.getWidth()).isEqualTo(300);
    assertThat(small.getHeight()).isEqualTo(100);
    assertThat(thumbnail(png(40, 20), 300).getWidth()).as("not made larger").isEqualTo(40);
    assertThat(thumbnail(png(3000, 10), 100_000).getWidth()).isEqualTo(Thumbnails.WIDEST);
  }

  @Test
  void whatUnpacksToTooMuchOrToNothingHasNone() throws IOException {
    // A header of 60,000 x 60,000 pixels, and no more.
    byte[] header = png(8, 8);
    for (int at : new int[] {16, 20}) {
      header[at + 2] = (byte) 0xEA;
      header[at + 3] = 0x60;
    }
    assertThat(Thumbnails.of(new ByteArrayInputStream(header), 100)).isEmpty();
    byte[] cut = java.util.Arrays.copyOf(png(300, 300), 60);
    assertThat(Thumbnails.of(new ByteArrayInputStream(cut), 100)).isEmpty();
    assertThat(Thumbnails.of(new ByteArrayInputStream("text".getBytes(UTF_8)), 100)).isEmpty();
  }

  private static BufferedImage thumbnail(byte[] image, int width) throws IOException {
    byte[] small = Thumbnails.of(new ByteArrayInputStream(image), width).orElseThrow();
    return ImageIO.read(new ByteArrayInputStream(small));
  }

  private static byte[] png(int width, int height) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private MediaPlace.Elsewhere place(String path, boolean told) {
    return new MediaPlace.Elsewhere(URI.create("http://127.0.0.1:" + port + path), told);
  }

  private static MediaSettings settings(boolean privateNetworks, int largest) {
    return settings(privateNetworks, largest, Duration.ofSeconds(5));
  }

  private static MediaSettings settings(
      boolean privateNetworks, int largest, Duration answerWithin) {
    return new MediaSettings(
        null,
        Map.of(),
        List.of("*"),
        privateNetworks,
        new MediaSettings.S3("", "us-east-1", "", "", Map.of()),
        "",
        Duration.ofDays(7),
        "",
        DataSize.ofBytes(largest),
        answerWithin);
  }
}
