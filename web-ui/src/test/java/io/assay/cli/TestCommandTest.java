package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestCommandTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("assay.root", ".."), "examples");

  private static final String RULES =
      """
      language 1

      param T = 500ms

      stream camera from topic "camera" {
        key    vehicle  string
        time   at       timestamp(millis)
        boxes           list {
          track         string?
          score         ratio
        }
      }

      assertion flicker on camera "nobody vanishes and comes back" {
        each      b in boxes where b.score >= 0.5
        identity  b.track
        absent    less than T
        severity  gap / 500ms
        explain   "{b.track} was gone for {gap}"
      }

      test flicker "a test" {
      """;

  private static final String GIVEN =
      """
        given   camera every 100ms vehicle "v1" boxes of { track: "t7", score: 0.9 }
        seen    "11011"
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesPass(Path example) {
    CommandLineRun run = CommandLineRun.of("test", example.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().toList().getLast())
        .matches("\\d+ passed, 0 failed(, \\d+ pending)?");
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".assay")).sorted().toList();
    }
  }

  @Test
  void saysWhatPassed() throws IOException {
    Path rules = rules(GIVEN + "  expect violation at 300ms with gap = 200ms, severity = 0.4\n}\n");

    CommandLineRun run = CommandLineRun.of("test", rules.toString());

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            rules + "\n  passed   flicker \"a test\"\n1 passed, 0 failed\n");
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() throws IOException {
    Path rules = rules(GIVEN + "  expect violation at 300ms with gap = 100ms\n}\n");

    CommandLineRun run = CommandLineRun.of("test", rules.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            %1$s
              FAILED   flicker "a test"
                       %1$s:25:3
                         expected violation at 300ms with gap = 100ms
                         came     violation at 300ms with gap = 200ms: t7 was gone for 200ms
            0 passed, 1 failed
            """
                .formatted(rules));
  }

  @Test
  void readsEventsBesideTheRules() throws IOException {
    Files.writeString(
        folder.resolve("gone.jsonl"),
        """
        {"vehicle":"v1","at":0,"boxes":[{"track":"t7","score":0.9}]}
        {"vehicle":"v1","at":40,"boxes":[]}
        {"vehicle":"v1","at":80,"boxes":[{"track":"t7","score":0.9}]}
        """);
    Path rules =
        rules(
            """
              given   camera "gone.jsonl"
              expect  violation at 80ms with gap = 80ms
              expect  1 violations
            }
            """);

    CommandLineRun run = CommandLineRun.of("test", rules.toString());

    assertThat(run.out()).endsWith("1 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void aMissingFileOfATestFailsIt() throws IOException {
    Path rules = rules("  given   camera \"none.jsonl\"\n  expect silence\n}\n");

    CommandLineRun run = CommandLineRun.of("test", rules.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("the file \"none.jsonl\"", "0 passed, 1 failed");
  }

  @Test
  void takesParameters() throws IOException {
    Path rules = rules(GIVEN + "  expect silence\n}\n");

    assertThat(CommandLineRun.of("test", rules.toString()).status()).isEqualTo(1);
    assertThat(CommandLineRun.of("test", rules.toString(), "--set", "T=200ms").status()).isZero();
  }

  @Test
  void rulesWithErrorsAreStatusOne() throws IOException {
    CommandLineRun run = CommandLineRun.of("test", rules(GIVEN + "}\n").toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("error[A", "the test expects nothing");
  }

  private Path rules(String test) throws IOException {
    return Files.writeString(folder.resolve("rules.assay"), RULES + test);
  }
}
