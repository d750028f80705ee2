package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportLabelsCommandTest {
  private static final String EXPECTED =
      """
      {"series":"night","at":0,"label":"0"}
      {"series":"night","at":30000,"label":"2"}
      {"series":"night","at":60000,"label":"REM"}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0, 2, \"REM\"]",
        "\n [0,\n2,\n\"REM\"]\n",
        "\uFEFF[0, 2, \"REM\"]",
        "0\n2\nREM",
        "0\r\n 2 \r\nREM\r\n\r\n",
        "\uFEFF0\n2\nREM\n"
      })
  void printsAnEventALabelOfAListOrOfLines(String text) throws IOException {
    CommandLineRun run = labels(text, "--step", "30s", "--series", "night");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo(EXPECTED);
  }

  @Test
  void keepsNumbersAsTheyAreWrittenAndMissingLabelsMissing() throws IOException {
    CommandLineRun run = labels("[-1, 2.50, true, null]", "--step", "1s");

    assertThat(run.out())
        .isEqualTo(
            """
            {"series":"night-1.a","at":0,"label":"-1"}
            {"series":"night-1.a","at":1000,"label":"2.50"}
            {"series":"night-1.a","at":2000,"label":"true"}
            {"series":"night-1.a","at":3000,"label":null}
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "30s, 3000030000",
    "500ms, 50000500",
    "1min, 6000060000",
    "1h30m, 540005400000",
    "1.5ms, 150002",
    "33333333ns, 3333367"
  })
  void stepsDoNotDrift(String step, long at) throws IOException {
    CommandLineRun run = labels("a\n".repeat(100_002), "--step", step);

    assertThat(run.out().lines().skip(100_001))
        .singleElement()
        .asString()
        .contains("\"at\":" + at + ",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1772352000000", "2026-03-01T08:00:00Z"})
  void startsAtEpochMillisecondsOrRfc3339(String start) throws IOException {
    assertThat(labels("[1]", "--step", "1s", "--start", start).out())
        .contains("\"at\":1772352000000,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "[]"})
  void printsNothingOfNoLabels(String text) throws IOException {
    CommandLineRun run = labels(text, "--step", "1s");

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1,|[2],3];2: error: expected a label (text, number or true and false), got a list or"
            + " an object;1",
        "[1,{\"a\":2}] 3;1: error: expected a label (text, number or true and false), got a list or"
            + " an object;2",
        "[1, 2;1: error: expected a JSON list;1",
        "[1 2];1: error: expected a JSON list;1",
        "a||b;2: error: expected a label, got an empty line;1"
      })
  void saysWhatIsNoLabelAndPrintsNothing(String text, String message, int bad) throws IOException {
    CommandLineRun run = labels(text.replace('|', '\n'), "--step", "1s");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("night-1.a.json:" + message);
    assertThat(run.err()).endsWith("assay: nothing printed, bad lines: " + bad + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "0s", "-1s", "soon", "30metres"})
  void refusesStepsThatAreNoDurationAboveZero(String step) throws IOException {
    CommandLineRun run = labels("[1]", "--step=" + step);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--step").contains(step);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path file = Files.write(folder.resolve("broken"), new byte[] {'a', '\n', (byte) 0xff, '\n'});

    CommandLineRun run = CommandLineRun.of("import", "labels", file.toString(), "--step", "1s");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("expected text in UTF-8, got other bytes");
  }

  private CommandLineRun labels(String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("night-1.a.json"), text);
    String[] args = new String[options.length + 3];
    args[0] = "import";
    args[1] = "labels";
    args[2] = file.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return CommandLineRun.of(args);
  }
}
