package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String RULES =
      """
      param T = 4
      stream camera from topic "t" {
        key   vehicle string
        time  at timestamp(millis)
        boxes list { track string? }
      }
      assertion flicker on camera {
        each     b in boxes
        identity b.track
        absent   less than T events
      }
      """;

  @TempDir Path folder;

  @Test
  void goodRulesAreCountedAndWell() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", file("a.assay", RULES).toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("1 stream, 1 assertion, 0 tests: no errors\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void mistakesAreTheAnswer() throws IOException {
    Path file = file("a.assay", RULES.replace("b.track", "b.trak"));

    CommandLineRun run = CommandLineRun.of("check", file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            file
                + """
                :9:14: error[A0202]: unknown field 'trak' of camera.boxes
                    identity b.trak
                               ^^^^
                  = did you mean 'track'?
                """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void foldersAndParametersAreTaken() throws IOException {
    file("a.assay", RULES);

    assertThat(CommandLineRun.of("check", folder.toString(), "--set", "T=6").status()).isZero();
    CommandLineRun wrong = CommandLineRun.of("check", folder.toString(), "--set", "T=6h");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.out())
        .startsWith("--set T:1:1: error[A0301]: parameter 'T' needs an int, got a duration\n");
  }

  @Test
  void aMissingFileCouldNotRun() {
    CommandLineRun run = CommandLineRun.of("check", folder.resolve("none.assay").toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("none.assay");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
