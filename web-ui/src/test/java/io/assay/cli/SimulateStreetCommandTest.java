package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateStreetCommandTest {
  @TempDir Path folder;

  private CommandLineRun street(String... more) {
    var args =
        new java.util.ArrayList<>(
            List.of("simulate", "street", "--out", folder.resolve("out").toString()));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void writesEventsTruthErrorsAndPictures() throws IOException {
    CommandLineRun run = street("--seed", "1", "--minutes", "0.05", "--vehicles", "2");

    assertThat(run.status()).isZero();
    Path out = folder.resolve("out");
    List<String> camera = Files.readAllLines(out.resolve("camera.jsonl"));
    assertThat(camera).hasSize(60);
    assertThat(camera.get(0))
        .startsWith(
            "{\"vehicle\":\"v1\",\"at\":1772438400000,\"image_url\":\"frames/v1/000001.png\"");
    assertThat(camera.get(1)).startsWith("{\"vehicle\":\"v2\",\"at\":1772438400000,");
    assertThat(out.resolve("frames/v2/000030.png")).isNotEmptyFile();
    // Three seconds, from 12 ms on every 80.
    assertThat(Files.readAllLines(out.resolve("lidar.jsonl"))).hasSize(2 * 38);
    assertThat(Files.readAllLines(out.resolve("truth.jsonl"))).hasSize(60);
    assertThat(out.resolve("errors.jsonl")).exists();
    assertThat(run.out().lines()).anyMatch(line -> line.startsWith("dropout "));
  }

  @Test
  void doesNotWriteOverAnotherSimulation() {
    assertThat(street("--seed", "1", "--minutes", "0.01", "--no-frames").status()).isZero();

    CommandLineRun again = street("--seed", "1", "--minutes", "0.01", "--no-frames");

    assertThat(again.status()).isEqualTo(3);
    assertThat(again.err()).contains("there is a simulation in");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "NaN,1", "1e12,1", "1,0"})
  void refusesWhatMakesNoSense(String minutes, String vehicles) {
    CommandLineRun run = street("--seed", "1", "--minutes", minutes, "--vehicles", vehicles);

    assertThat(run.status()).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
