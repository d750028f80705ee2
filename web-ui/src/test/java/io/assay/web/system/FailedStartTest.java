package io.assay.web.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a container shows of a start that fails: its command, in a process of its own. */
class FailedStartTest {
  @Test
  void aDatabaseThatIsAwayIsASentence() throws Exception {
    List<String> said =
        said(
            "io.assay.web.system.AssayWeb",
            "--server.port=0",
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a");
    assertThat(said.getLast())
        .startsWith("The web interface did not start: the database does not answer: ")
        .contains("refused", "spring.datasource.url");
    assertThat(said).hasSizeLessThan(6).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void whereItStoodInTheWayIsToldWithDebug() throws Exception {
    assertThat(
            said(
                "io.assay.web.system.AssayWeb",
                "--debug",
                "--server.port=0",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a"))
        .anyMatch(line -> line.startsWith("\tat "))
        .anyMatch(line -> line.startsWith("The web interface did not start: "));
  }

  private static List<String> said(String main, String... settings)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            main),
                        Stream.of(settings))
                    .toList())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(1);
      return said.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
