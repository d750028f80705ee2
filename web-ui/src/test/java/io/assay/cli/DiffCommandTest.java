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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiffCommandTest {
  private static final String STREAM =
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
      """;

  private static final String FLICKER =
      """

      assertion flicker on camera "nobody vanishes and comes back" {
        each      b in boxes where b.score >= 0.5
        identity  b.track
        absent    less than T
        explain   "{b.track} was gone for {gap}"
      }
      """;

  private static final String FEW =
      """

      assertion few on camera "nobody sees more than one" {
        expect size(boxes) <= 1
      }
      """;

  @TempDir Path folder;
  private Path old;
  private Path now;
  private Path events;

  @BeforeEach
  void write() throws IOException {
    old = Files.writeString(folder.resolve("old.assay"), STREAM + FLICKER);
    now = Files.writeString(folder.resolve("new.assay"), STREAM + FLICKER.replace("T", "250ms"));
    events =
        Files.writeString(
            folder.resolve("events.jsonl"), BacktestCommandTest.recording("v1", "110011011"));
  }

  @Test
  void tellsWhatBothAndWhatOnlyOneVersionFinds() {
    CommandLineRun run = diff();

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            9 events

            flicker  changed
              old  2 violations, 1 of 1 judged violated (100.00 %), 0 undecided
              new  1 violation, 1 of 2 judged violated (50.00 %), 0 undecided
              1 in both, 1 only old, 0 only new
              only old  1970-01-01T00:00:00.400Z  v1  t7 was gone for 300ms  severity 1.00

            schema  unchanged
              old  0 violations, 0 of 9 judged violated (0.00 %), 0 undecided
              new  0 violations, 0 of 9 judged violated (0.00 %), 0 undecided
            """);
  }

  @Test
  void tellsWhatIsNewTheOtherWayRound() {
    CommandLineRun run =
        CommandLineRun.of("diff", now.toString(), old.toString(), "--events", events.toString());

    assertThat(run.out())
        .contains("1 in both, 0 only old, 1 only new")
        .contains("only new  1970-01-01T00:00:00.400Z  v1  t7 was gone for 300ms");
  }

  @Test
  void anotherSentenceChangesNoJudgement() throws IOException {
    Files.writeString(now, (STREAM + FLICKER).replace("was gone", "vanished"));

    assertThat(diff().out()).contains("flicker  unchanged", "2 in both, 0 only old, 0 only new");
  }

  @Test
  void tellsAddedAndRemovedAssertions() throws IOException {
    Files.writeString(now, STREAM + FEW);

    assertThat(diff().out())
        .contains(
            "few  added\n  new  0 violations, 0 of 9 judged".replace("\n", System.lineSeparator()))
        .contains("flicker  removed\n  old  2 violations".replace("\n", System.lineSeparator()))
        .contains("0 in both, 2 only old, 0 only new");
  }

  @Test
  void printsJsonInTheFormOfItsSchema() throws IOException {
    Files.writeString(now, STREAM + FLICKER.replace("T", "250ms") + FEW);

    CommandLineRun run = diff("--format", "json", "--examples", "1");

    Schemas.assertValid("diff.schema.json", run.out());
    JsonNode flicker = JsonMapper.shared().readTree(run.out()).get("assertions").get(0);
    assertThat(flicker.get("change").asString()).isEqualTo("changed");
    assertThat(flicker.get("onlyOld").get("count").asInt()).isEqualTo(1);
    assertThat(flicker.get("onlyOld").get("examples").get(0).get("sentence").asString())
        .isEqualTo("t7 was gone for 300ms");
    assertThat(run.out()).contains("{\"name\":\"few\",\"change\":\"added\",\"old\":null,");
  }

  @Test
  void failsOnAChangeOnlyWhenAsked() throws IOException {
    assertThat(diff().status()).isZero();
    assertThat(diff("--fail-on-change").status()).isEqualTo(1);

    Files.writeString(now, (STREAM + FLICKER).replace("500ms", "501ms"));
    assertThat(diff("--fail-on-change").status()).isZero();

    Files.writeString(events, "");
    CommandLineRun nothing = diff("--fail-on-change");
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err()).contains("no event was judged");
  }

  @Test
  void aStreamMayBeNew() throws IOException {
    String lidar =
        """
        stream lidar from topic "lidar" {
          key    vehicle  string
          time   at       timestamp(millis)
          range           double
        }

        assertion near on lidar { expect range >= 1.0 }
        """;
    Files.writeString(now, STREAM + FLICKER + lidar);
    Path ranges =
        Files.writeString(
            folder.resolve("lidar.jsonl"), "{\"vehicle\":\"v1\",\"at\":5,\"range\":0.5}\n");

    CommandLineRun run =
        CommandLineRun.of(
            "diff",
            old.toString(),
            now.toString(),
            "--events",
            "camera=" + events,
            "--events",
            "lidar=" + ranges);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("9 events by the old rules, 10 events by the new")
        .contains("near  added", "0 in both, 0 only old, 1 only new", "flicker  unchanged");
  }

  @Test
  void saysWhatItNeeds() {
    CommandLineRun one = CommandLineRun.of("diff", old.toString(), "--events", events.toString());
    CommandLineRun piped =
        CommandLineRun.of("diff", old.toString(), now.toString(), "--events", "-");
    CommandLineRun missing =
        CommandLineRun.of("diff", old.toString(), now.toString(), "--events", "none.jsonl");
    CommandLineRun unknown =
        CommandLineRun.of("diff", old.toString(), now.toString(), "--events", "radar=" + events);

    assertThat(one.status()).isEqualTo(2);
    assertThat(one.err()).contains("needs two versions of rules, OLD and NEW, got 1");
    assertThat(piped.status()).isEqualTo(2);
    assertThat(piped.err()).contains("must be files");
    assertThat(missing.status()).isEqualTo(3);
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("no stream 'radar'");
  }

  private CommandLineRun diff(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("diff", old.toString(), now.toString(), "--events", events.toString()));
    args.addAll(List.of(options));
    return CommandLineRun.of(args.toArray(String[]::new));
  }
}
