package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
        time   at       timestamp(millis) release string? frame int?
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
    assertThat(run.out().lines().toList().getLast()).matches("\\d+ passed, 0 failed");
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
    assertThat(run.out())
        .contains(
            rules + ":23:3",
            "the file \"none.jsonl\"",
            "no such file or folder: " + folder.resolve("none.jsonl"),
            "0 passed, 1 failed");
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

  private static final String THREE =
      GIVEN
          + """
            expect  violation at 300ms with gap = 200ms
          }

          test flicker "fails & says <why> \\u0007" {
          """
          + GIVEN
          + """
            expect  silence
          }

          assertion steady on camera {
            when     flicker violated
            compare  release by frame within 1min
            expect   size(old.boxes) == size(new.boxes)
          }

          test steady "is not evaluated" {
          """
          + GIVEN
          + """
            expect  silence
          }
          """;

  @Test
  void pendingTestsFailOnlyWhenAsked() throws IOException {
    String[] pending = {"test", rules(THREE).toString(), "--filter", "is not evaluated"};

    assertThat(CommandLineRun.of(pending).status()).isZero();
    assertThat(
            CommandLineRun.of(pending[0], pending[1], pending[2], pending[3], "--fail-on-pending")
                .status())
        .isEqualTo(1);
  }

  @Test
  void theLastLineHasOneFormAlsoWhenTestsArePending() throws IOException {
    CommandLineRun run = CommandLineRun.of("test", rules(THREE).toString());

    List<String> lines = run.out().lines().toList();
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .containsExactly("1 pending", "1 passed, 1 failed");
    assertThat(run.out()).contains("  pending  steady \"is not evaluated\": ");
  }

  @Test
  void writesJUnitXml() throws Exception {
    Path xml = folder.resolve("reports/rules.xml");

    CommandLineRun run =
        CommandLineRun.of("test", rules(THREE).toString(), "--junit", xml.toString());

    assertThat(run.status()).isEqualTo(1);
    Schemas.assertIsJUnitXml(xml);
    assertThat(Files.readString(xml))
        .contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"")
        .contains("classname=\"flicker\" name=\"fails &amp; says &lt;why&gt; \ufffd\"")
        .contains("<failure message=\"expected silence, came 1 violation at 300ms");
  }

  @Test
  void aReportOfAnEarlierRunDoesNotOutliveBrokenRules() throws Exception {
    Path xml = Files.writeString(folder.resolve("rules.xml"), "<testsuites/>");

    CommandLineRun run =
        CommandLineRun.of("test", rules(GIVEN + "}\n").toString(), "--junit", xml.toString());

    assertThat(run.status()).isEqualTo(1);
    Schemas.assertIsJUnitXml(xml);
    assertThat(Files.readString(xml)).contains("failures=\"1\"");
  }

  @Test
  void printsJsonInTheFormOfItsSchema() throws IOException {
    CommandLineRun run = CommandLineRun.of("test", rules(THREE).toString(), "--format", "json");

    assertThat(run.status()).isEqualTo(1);
    Schemas.assertValid("test.schema.json", run.out());
    assertThat(run.out())
        .startsWith("{\"passed\":1,\"failed\":1,\"pending\":1,")
        .contains("\"outcome\":\"failed\",\"differences\":[{\"line\":");
  }

  @Test
  void runsOnlyTheTestsThatAreMeant() throws IOException {
    String rules = rules(THREE).toString();

    CommandLineRun some = CommandLineRun.of("test", rules, "--filter", "A Test");
    CommandLineRun none = CommandLineRun.of("test", rules, "--filter", "no such");

    assertThat(some.status()).isZero();
    assertThat(some.out()).endsWith("1 passed, 0 failed" + System.lineSeparator());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("assay: no test has 'no such' in its name");
  }

  @Test
  void readsGzippedEventsBesideTheRules() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("gone.jsonl.gz")))) {
      out.write("{\"vehicle\":\"v1\",\"at\":0,\"boxes\":[]}\n".getBytes(StandardCharsets.UTF_8));
    }
    Path rules = rules("  given   camera \"gone.jsonl.gz\"\n  expect silence\n}\n");

    assertThat(CommandLineRun.of("test", rules.toString()).status()).isZero();
  }

  @Test
  void aTornArchiveFailsItsTest() throws IOException {
    Files.write(folder.resolve("torn.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    Path rules = rules("  given   camera \"torn.gz\"\n  expect silence\n}\n");

    CommandLineRun run = CommandLineRun.of("test", rules.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains(rules + ":23:3", "the file \"torn.gz\"", "0 passed, 1 failed");
  }

  private Path rules(String test) throws IOException {
    return Files.writeString(folder.resolve("rules.assay"), RULES + test);
  }
}
