package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The drill itself, as short as it can be: brokers, processors and PostgreSQL as processes. */
class DrillStreamCommandTest {
  @TempDir private Path folder;

  @Test
  void nothingIsLostOrDoubledWhereAProcessorAndTheLeadingBrokerAreKilled() {
    CommandLineRun run =
        CommandLineRun.of(
            "drill",
            "stream",
            "--events",
            "100000",
            "--rounds",
            "1",
            "--faults",
            "PROCESSOR_KILLED,LEADER_KILLED",
            "--data",
            folder.resolve("drill").toString(),
            "--format",
            "json");
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    JsonNode report = JsonMapper.shared().readTree(run.out());
    assertThat(report.get("differences")).isEmpty();
    assertThat(report.get("passed").asBoolean()).isTrue();
    assertThat(report.get("events").asLong()).isEqualTo(100_000);
    assertThat(report.get("inTopic").asLong()).isGreaterThan(100_000);
    assertThat(report.get("violations").asLong()).isGreaterThan(1_000);
    assertThat(report.get("faults").findValuesAsString("fault"))
        .containsExactly("PROCESSOR_KILLED", "LEADER_KILLED");
    assertThat(report.get("stopMillis"))
        .hasSize(2)
        .allSatisfy(stop -> assertThat(stop.asLong()).isLessThan(5_000));
  }

  @Test
  void aFolderThatIsInUseIsLeftAlone() throws Exception {
    Path kept = Files.writeString(folder.resolve("notes.txt"), "mine");
    CommandLineRun run = CommandLineRun.of("drill", "stream", "--data", folder.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_RUN.code());
    assertThat(run.err()).contains("needs to be empty");
    assertThat(kept).hasContent("mine");
  }
}
