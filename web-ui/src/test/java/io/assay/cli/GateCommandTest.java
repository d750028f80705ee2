package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateCommandTest {
  private static final String RULES =
      """
      language 1

      stream loans from topic "loans" {
        key    applicant  string
        time   at         timestamp(millis)
        risk              double?
      }

      stream other from topic "other" {
        key    applicant  string
        time   at         timestamp(millis)
      }

      assertion low on loans "most loans carry little risk" {
        expect risk < 0.5
      }

      assertion small on loans {
        expect risk < 10.0
      }

      assertion never on other {
        expect hour(at) >= 0
      }
      """;

  @TempDir Path folder;
  private Path rules;
  private Path old;

  @BeforeEach
  void write() throws IOException {
    rules = Files.writeString(folder.resolve("rules.assay"), RULES);
    old = recording("old.jsonl", 10, 100);
  }

  /** So many loans, the first of them risky. */
  private Path recording(String name, int risky, int all) throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < all; i++) {
      lines.append(
          "{\"applicant\":\"a%d\",\"at\":%d,\"risk\":%s}%n"
              .formatted(i, 1000 * i, i < risky ? "0.9" : "0.1"));
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  @Test
  void passesWhatDidNotRise() throws IOException {
    CommandLineRun run = gate(recording("new.jsonl", 10, 100), "--max", "low=+5%");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
              passed   low
                       before  10 of 100 judged violated (10.00 %), 0 undecided
                       after   10 of 100 judged violated (10.00 %), 0 undecided
                       rise    +0.00 %, +0.00 points, 95 % between -8.68 and +8.68
            1 passed, 0 failed
            """);
  }

  @Test
  void failsWhatRoseByMore() throws IOException {
    CommandLineRun run = gate(recording("new.jsonl", 12, 100), "--max", "low=+5%");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "  FAILED   low", "the rate rose by 20.00 %, more than 5 %", "0 passed, 1 failed");
  }

  @ParameterizedTest
  @CsvSource({"+20%, 0", "20%, 0", "19.9%, 1", "0%, 1"})
  void theLimitIsRelative(String limit, int status) throws IOException {
    Path now = recording("new.jsonl", 12, 100);

    assertThat(gate(now, "--max", "low=" + limit).status()).isEqualTo(status);
  }

  @Test
  void everyAssertionMayHaveALimitAndSomeTheirOwn() throws IOException {
    Path now = recording("new.jsonl", 12, 100);

    CommandLineRun all = gate(now, "--max", "*=+5%");
    CommandLineRun named = gate(now, "--max", "*=+5%", "--max", "low=+20%");

    assertThat(all.out())
        .contains("FAILED   low", "passed   small", "passed   schema", "2 passed, 1 failed")
        .doesNotContain("never");
    assertThat(named.out()).endsWith("3 passed, 0 failed" + System.lineSeparator());
    assertThat(named.status()).isZero();
  }

  @Test
  void whatWasZeroMayNotRiseUnlessThatIsAllowed() throws IOException {
    old = recording("old.jsonl", 0, 100);
    Path now = recording("new.jsonl", 1, 100);

    CommandLineRun strict = gate(now, "--max", "low=+50%");

    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.out()).contains("the rate was 0 and became 1.00 %, more than 0 %");
    assertThat(gate(now, "--max", "low=+50%", "--from-zero", "1%").status()).isZero();
  }

  @Test
  void whatWasNotJudgedDoesNotPass() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
    Path gaps = Files.writeString(folder.resolve("gaps.jsonl"), "{\"applicant\":\"a\",\"at\":1}\n");

    CommandLineRun nothing = gate(empty, "--max", "low=+5%");
    CommandLineRun undecided = gate(gaps, "--max", "low=+5%");
    CommandLineRun elsewhere = gate(old, "--max", "never=+5%");
    CommandLineRun few = gate(old, "--max", "low=+5%", "--at-least", "101");

    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.out()).contains("after: nothing was judged");
    assertThat(undecided.status()).isEqualTo(1);
    assertThat(undecided.out())
        .contains("after: nothing was judged", "after: 100.00 % undecided, more than 20 %");
    assertThat(elsewhere.status()).isEqualTo(1);
    assertThat(few.status()).isEqualTo(1);
    assertThat(few.out()).contains("before: 100 judged, needed 101");
  }

  @Test
  void printsJsonInTheFormOfItsSchema() throws IOException {
    Path now = recording("new.jsonl", 12, 100);
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");

    CommandLineRun run = gate(now, "--max", "*=+5%", "--format", "json");

    assertThat(run.status()).isEqualTo(1);
    Schemas.assertValid("gate.schema.json", run.out());
    Schemas.assertValid(
        "gate.schema.json", gate(empty, "--max", "*=+5%", "--format", "json").out());
    assertThat(run.out())
        .startsWith("{\"passed\":false,\"assertions\":[{\"name\":\"low\",\"passed\":false,");
  }

  @Test
  void writesJUnitXml() throws Exception {
    Path xml = folder.resolve("gate.xml");

    gate(recording("new.jsonl", 12, 100), "--max", "*=+5%", "--junit", xml.toString());

    Schemas.assertIsJUnitXml(xml);
    assertThat(Files.readString(xml))
        .contains("tests=\"3\" failures=\"1\"")
        .contains("<failure message=\"the rate rose by 20.00 %, more than 5 %\"");
  }

  @Test
  void saysWhichRecordingHasBrokenLines() throws IOException {
    Path now = Files.writeString(folder.resolve("new.jsonl"), Files.readString(old) + "no event\n");

    CommandLineRun run = gate(now, "--max", "low=+5%");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains(now + ":101: broken-json", "assay: after: 1 line could not be read");
  }

  @ParameterizedTest
  @CsvSource({
    "low=5, '--max low needs a percentage such as +5%, got ''5'''",
    "low=-5%, needs a percentage",
    "lwo=5%, --max: no assertion 'lwo' is evaluated"
  })
  void aLimitThatMakesNoSenseIsWrongUse(String limit, String message) {
    CommandLineRun run = gate(old, "--max", limit);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  private CommandLineRun gate(Path now, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "gate", rules.toString(), "--events", "loans=" + now, "--against", "loans=" + old));
    args.addAll(List.of(options));
    return CommandLineRun.of(args.toArray(String[]::new));
  }
}
