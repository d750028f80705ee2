package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.stream.app.StreamStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  /** In a process of its own, as a container has it. */
  @Test
  void whatStandsInTheWayOfItsStartIsASentence() throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ProcessorService.class.getName(),
                "--management.server.port=0",
                "--assay.bootstrap-servers=127.0.0.1:1",
                "--assay.rules=" + folder.resolve("no-such-folder"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      List<String> said = Files.readAllLines(output);
      assertThat(process.exitValue()).as("%s", said).isEqualTo(1);
      assertThat(said.getLast())
          .startsWith("The processors did not start: ")
          .contains("no-such-folder");
      assertThat(said).noneMatch(line -> line.startsWith("\tat "));
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
