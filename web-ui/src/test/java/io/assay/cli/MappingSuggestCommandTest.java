package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingSuggestCommandTest {
  private static final String METADATA =
      "{\"name\":\"iris\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}],\"outputs\":[]}";

  @TempDir Path folder;

  @Test
  void whatIsPrintedIsLaidOutAndPassesTheCheck() throws IOException {
    Path file = Files.writeString(folder.resolve("iris.json"), METADATA);
    CommandLineRun run = CommandLineRun.of("mapping", "suggest", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("x_1").contains("from inputs.x[1]");
    Path rules = Files.writeString(folder.resolve("iris.assay"), run.out());
    assertThat(CommandLineRun.of("fmt", "--check", rules.toString()).status()).isZero();
    assertThat(CommandLineRun.of("check", rules.toString()).status()).isZero();
  }

  @Test
  void aServerIsAsked() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/models/iris",
        exchange -> {
          byte[] answer = METADATA.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      CommandLineRun run =
          CommandLineRun.of("mapping", "suggest", "--url", base + "/v2/models/iris");
      assertThat(run.out()).startsWith("model  iris  \"iris\"");
      CommandLineRun missing = CommandLineRun.of("mapping", "suggest", "--url", base + "/nothing");
      assertThat(missing.status()).isEqualTo(3);
      assertThat(missing.err()).contains("/nothing answers 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsNoMetadataIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"inputs\":[]}");
    CommandLineRun run = CommandLineRun.of("mapping", "suggest", file.toString());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("needs name, inputs and outputs, came [inputs]");
    assertThat(CommandLineRun.of("mapping", "suggest", folder.resolve("none.json").toString()))
        .extracting(CommandLineRun::status)
        .isEqualTo(3);
    assertThat(CommandLineRun.of("mapping", "suggest").status()).isEqualTo(2);
    assertThat(
            CommandLineRun.of("mapping", "suggest", file.toString(), "--serving", "cloudevents")
                .status())
        .isEqualTo(2);
    assertThat(CommandLineRun.of("mapping", "suggest", "--url", "iris").status()).isEqualTo(2);
  }
}
