package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container shows of a start that fails: its command, in a process of its own. */
class FailedStartTest {
  @TempDir private Path folder;

  @Test
  void aDatabaseThatIsAwayIsASentence() throws Exception {
    List<String> said =
        said("--server.port=0", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a");
    assertThat(said.getLast())
        .startsWith("The web interface did not start: the database does not answer: ")
        .contains("refused", "spring.datasource.url");
    assertThat(said).noneMatch(FailedStartTest::isOfALayer);
  }

  @Test
  void aSettingThatCannotBeReadIsNamed() throws Exception {
    assertThat(said("--server.port=abc").getLast())
        .isEqualTo(
            "The web interface did not start: server.port needs a whole number of at most"
                + " 2147483647, got 'abc' (--server.port)");
    List<String> said = said(withDatabase("--server.port=0", "--assay.alerts.every=soon"));
    assertThat(said.getLast())
        .startsWith("The web interface did not start: assay.alerts.every needs a duration")
        .endsWith("got 'soon' (--assay.alerts.every)");
    assertThat(said).noneMatch(FailedStartTest::isOfALayer);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0)) {
      List<String> said = said(withDatabase("--server.port=" + taken.getLocalPort()));
      assertThat(said.getLast())
          .isEqualTo(
              "The web interface did not start: port %d is taken by another program;"
                      .formatted(taken.getLocalPort())
                  + " --server.port=PORT takes another, 0 any free one");
      assertThat(said).noneMatch(FailedStartTest::isOfALayer);
    }
  }

  private static String[] withDatabase(String... settings) {
    var database = TestPostgres.shared().migrated();
    return Stream.concat(
            Stream.of(settings),
            Stream.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()))
        .toArray(String[]::new);
  }

  @Test
  void whereItStoodInTheWayIsToldWithDebug() throws Exception {
    assertThat(
            said(
                "--debug",
                "--server.port=0",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/a"))
        .anyMatch(line -> line.startsWith("\tat "))
        .anyMatch(line -> line.startsWith("The web interface did not start: "));
  }

  /** A line of a stack, or one of those that Spring has for a start that fails. */
  private static boolean isOfALayer(String line) {
    return line.startsWith("\tat ")
        || line.startsWith("Caused by: ")
        || line.contains("APPLICATION FAILED TO START")
        || line.contains("springframework");
  }

  private List<String> said(String... settings) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            AssayWeb.class.getName()),
                        Stream.of(settings))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      List<String> said = Files.readAllLines(output);
      assertThat(process.exitValue()).as("%s", said).isEqualTo(1);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
