package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.stream.app.StreamStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class ProcessorServiceTest {
  private static final String RULES =
      """
      language 1
      stream camera from topic "av.camera" {
        key   vehicle  string
        time  at       timestamp(millis)
        boxes          list { score ratio }
      }
      """;

  @TempDir private Path folder;

  @Test
  void withoutABrokerItWaitsAndSaysSo() throws Exception {
    Files.writeString(folder.resolve("camera.assay"), RULES);
    Files.writeString(folder.resolve("notes.txt"), "no rules");
    ConfigurableApplicationContext context = run("--assay.rules=" + folder);
    StreamProcessors processors = context.getBean(StreamProcessors.class);
    StreamStatus status = processors.status().getFirst();
    for (int i = 0; i < 400 && status.message().isEmpty(); i++) {
      Thread.sleep(50);
      status = processors.status().getFirst();
    }
    assertThat(status.state()).isEqualTo(State.WAITING);
    assertThat(status.message()).contains("127.0.0.1:1");
    assertThat(status.topic()).isEqualTo("test.rules");

    long before = System.nanoTime();
    context.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(processors.status().getFirst().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void archivesWhereAFolderIsGivenAndNowhereElse() throws Exception {
    Files.writeString(folder.resolve("camera.assay"), RULES);
    try (var context = run("--assay.rules=" + folder)) {
      assertThat(context.getBeanProvider(Archiver.class).stream()).isEmpty();
    }
    ConfigurableApplicationContext context =
        run("--assay.rules=" + folder, "--assay.archive.folder=" + folder.resolve("archive"));
    assertThat(context.getBean(Archiver.class).failure()).isEmpty();
    long before = System.nanoTime();
    context.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThatThrownBy(
            () ->
                run(
                    "--assay.rules=" + folder,
                    "--assay.archive.folder=" + folder,
                    "--assay.archive.keep-for=10m"))
        .rootCause()
        .hasMessageContaining("an hour or more");
  }

  @Test
  void whatStandsInTheWayOfItsStartIsASentence() throws Exception {
    assertThat(said("--assay.rules=" + folder.resolve("no-such-folder")))
        .contains("no-such-folder");
  }

  @Test
  void aSettingThatCannotBeReadIsNamed() throws Exception {
    assertThat(said("--assay.partitions=abc"))
        .endsWith(
            "assay.partitions needs a whole number of at most 2147483647, got 'abc'"
                + " (--assay.partitions)");
    assertThat(said("--management.server.port=abc"))
        .contains("management.server.port needs a whole number", "got 'abc'");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(
              said(
                  "--management.server.port=" + port,
                  "--assay.state-folder=" + folder.resolve("state")))
          .endsWith(
              "port %d is taken by another program; --management.server.port=PORT takes another, 0"
                      .formatted(port)
                  + " any free one");
    }
  }

  /** The last of what it says in a process of its own, as a container has it. */
  private String said(String... settings) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ProcessorService.class.getName(),
                            "--assay.bootstrap-servers=127.0.0.1:1"),
                        Stream.of(settings))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      List<String> said = Files.readAllLines(output);
      assertThat(process.exitValue()).as("%s", said).isEqualTo(1);
      assertThat(said.getLast()).startsWith("The processors did not start: ");
      assertThat(said).noneMatch(line -> line.startsWith("\tat "));
      return said.getLast();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void rulesWithAnErrorStopItAtItsStart() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("camera.assay"), RULES.replace("ratio", "ratios"));
    assertThatThrownBy(() -> run("--assay.rules=" + rules).close())
        .rootCause()
        .hasMessageContaining("camera.assay:5:")
        .hasMessageContaining("ratios");
  }

  @Test
  void aMissingRuleFileIsNamed() {
    assertThatThrownBy(() -> run("--assay.rules=" + folder.resolve("none.assay")).close())
        .rootCause()
        .hasMessageContaining("none.assay")
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> run("--assay.rules=" + folder).close())
        .rootCause()
        .hasMessageContaining("has no file that ends in .assay");
  }

  private ConfigurableApplicationContext run(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--assay.bootstrap-servers=127.0.0.1:1");
    all.add("--assay.prefix=test");
    all.add("--assay.state-folder=" + folder.resolve("state"));
    return new SpringApplicationBuilder(ProcessorService.class)
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .run(all.toArray(String[]::new));
  }
}
