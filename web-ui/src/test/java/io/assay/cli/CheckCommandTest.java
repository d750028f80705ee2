package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
  void readsRulesThatArePipedIn() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(RULES.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(CommandLineRun.of("check", "-").out())
          .isEqualTo("1 stream, 1 assertion, 0 tests: no errors\n");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aMistakeOfTheCallIsInNoFile() throws IOException {
    file("a.assay", RULES);
    file("b.assay", "param U = 4\n");

    CommandLineRun run = CommandLineRun.of("check", folder.toString(), "--set", "T=\"a\"");

    assertThat(run.out()).endsWith("1 error\n");
    assertThat(CommandLineRun.of("check", folder.toString(), "--set", "blink").err())
        .contains("for option '--set' (NAME=VALUE)");
  }

  @Test
  void twoTestsOfOneTitleAreToldApart() throws IOException {
    String test =
        """
        test flicker "once" {
          given camera every 1s vehicle "v" boxes of { track: "t" }
          seen "11"
          expect silence
        }
        """;
    Path file = file("a.assay", RULES + test + test.replace("11", "1"));

    assertThat(CommandLineRun.of("check", file.toString()).out())
        .contains(":17:14: error[A0205]: 'flicker' has a test of this title already, at " + file);
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
                1 error
                """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void oneWrongFileOfSeveralIsNamedAndTheOthersAreCounted() throws IOException {
    file("streams.assay", RULES);
    file("a.assay", "assertion a on camera {\n  expect size(boxes) < 9\n}\n");
    Path wrong = file("b.assay", "assertion b on camera {\n  expect size(boxs) < 9\n}\n");

    CommandLineRun run = CommandLineRun.of("check", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(wrong + ":2:15: error[A0203]: unknown name 'boxs'")
        .endsWith("\n1 error in 1 of 3 files\n");
  }

  @Test
  void warningsAreToldAndStopNothing() throws IOException {
    Path file = file("a.assay", RULES.replace("absent", "where    true\n  absent"));

    CommandLineRun run = CommandLineRun.of("check", file.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("warning[A0902]")
        .endsWith("1 stream, 1 assertion, 0 tests: no errors, 1 warning\n");
  }

  @Test
  void filesThatRepeatEachOthersNamesAndNeedNoneAreSetsOfTheirOwn() throws IOException {
    Path first = file("a.assay", RULES);
    Path second = file("b.assay", RULES.replace("b.track", "b.trak"));

    CommandLineRun run = CommandLineRun.of("check", folder.toString(), "--set", "T=6");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("each is read as a rule set of its own");
    assertThat(run.out())
        .doesNotContain("A0205")
        .endsWith(
            "%s: 1 stream, 1 assertion, 0 tests: no errors\n%s: 1 error\n"
                .formatted(first, second));
  }

  @Test
  void filesThatNeedEachOtherAreOneSet() throws IOException {
    file("a.assay", RULES);
    file("b.assay", "assertion flicker on camera {\n  expect size(boxes) < 9\n}\n");

    CommandLineRun run = CommandLineRun.of("check", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("error[A0205]: assertion 'flicker' is declared already, at ")
        .contains("files that are given together share their names");
  }

  @Test
  void aFileNamedTwiceIsOneFile() throws IOException {
    String file = file("a.assay", RULES).toString();

    assertThat(CommandLineRun.of("check", file, folder.toString()).status()).isZero();
  }

  @Test
  void jsonHasPlacesForEditors() throws IOException {
    Path file = file("a.assay", RULES.replace("b.track", "b.trak"));

    CommandLineRun run = CommandLineRun.of("check", file.toString(), "--format", "json");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            {"files":1,"errors":1,"warnings":0,"issues":[{"file":"%s","severity":"error",\
            "code":"A0202","message":"unknown field 'trak' of camera.boxes",\
            "suggestion":"did you mean 'track'?",\
            "line":9,"column":14,"endLine":9,"endColumn":18}]}
            """
                .formatted(file));
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
  void foldersInFoldersBelongToTheRules() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("rules/vision/street"));
    Files.createDirectories(folder.resolve("rules/.git"));
    Files.writeString(folder.resolve("rules/.git/old.assay"), "nonsense");
    Files.writeString(folder.resolve("rules/streams.assay"), RULES);
    Files.writeString(inner.resolve("more.assay"), "assertion b on nowhere { expect true }");

    CommandLineRun run = CommandLineRun.of("check", folder.resolve("rules").toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains(inner.resolve("more.assay") + ":1:16: error[A0201]: unknown stream 'nowhere'")
        .doesNotContain("nonsense");

    Files.delete(inner.resolve("more.assay"));
    assertThat(CommandLineRun.of("check", inner.toString()).err())
        .contains("the folder " + inner + " has no file that ends in .assay");
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
