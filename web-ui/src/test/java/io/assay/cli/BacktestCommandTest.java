package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BacktestCommandTest {
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
      """;

  private static final String TWO_STREAMS =
      RULES
          + """

          stream lidar from topic "lidar" {
            key    vehicle  string
            time   at       timestamp(millis)
            range           double
          }

          assertion near on lidar "the road ahead is free" {
            expect  range >= 1.0
          }
          """;

  @TempDir Path folder;
  private Path rules;
  private Path events;

  @BeforeEach
  void write() throws IOException {
    rules = Files.writeString(folder.resolve("flicker.assay"), RULES);
    events = Files.writeString(folder.resolve("events.jsonl"), recording("v1", "110011011"));
  }

  /** One event a character, 100 ms apart; 0 is a frame without the box. */
  static String recording(String vehicle, String seen) {
    var lines = new StringBuilder();
    for (int i = 0; i < seen.length(); i++) {
      String boxes = seen.charAt(i) == '1' ? "{\"track\":\"t7\",\"score\":0.9}" : "";
      lines
          .append(
              "{\"vehicle\":\"%s\",\"at\":%d,\"boxes\":[%s]}".formatted(vehicle, 100 * i, boxes))
          .append('\n');
    }
    return lines.toString();
  }

  @Test
  void printsATableAndTheFirstViolations() {
    CommandLineRun run = backtest(events.toString());

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            9 events of 1 key judged by 2 assertions

              assertion  violations  judged  undecided  events flagged  worst
              flicker             2       1          0               3  0.600
              schema              0       9          0               0

            flicker
              1970-01-01T00:00:00.400Z  v1  t7 was gone for 300ms  severity 0.600
              1970-01-01T00:00:00.700Z  v1  t7 was gone for 200ms  severity 0.400
            """);
  }

  @Test
  void printsJsonInTheFormOfItsSchema() throws IOException {
    CommandLineRun run = backtest(events.toString(), "--format", "json");

    assertThat(run.status()).isZero();
    Schemas.assertValid("backtest.schema.json", run.out());
    JsonNode flicker = JsonMapper.shared().readTree(run.out()).get("assertions").get(0);
    assertThat(flicker.get("name").asString()).isEqualTo("flicker");
    assertThat(flicker.get("violations").asInt()).isEqualTo(2);
    assertThat(flicker.get("judged").asInt()).isEqualTo(1);
    assertThat(flicker.get("undecided").asInt()).isZero();
    assertThat(flicker.get("eventsFlagged").asInt()).isEqualTo(3);
    JsonNode first = flicker.get("items").get(0);
    assertThat(first.get("key").asString()).isEqualTo("v1");
    assertThat(first.get("from").asLong()).isEqualTo(200);
    assertThat(first.get("to").asLong()).isEqualTo(300);
    assertThat(first.get("severity").asDouble()).isEqualTo(0.6);
  }

  @Test
  void leavesItemsOutWhenTold() throws IOException {
    CommandLineRun run = backtest(events.toString(), "--format", "json", "--no-items");

    Schemas.assertValid("backtest.schema.json", run.out());
    assertThat(run.out()).contains("\"violations\":2").doesNotContain("items");
  }

  @Test
  void overridesAParameter() {
    CommandLineRun run = backtest(events.toString(), "--set", "T=250ms", "--format", "json");

    assertThat(run.out()).contains("\"name\":\"flicker\",\"violations\":1,");
  }

  @Test
  void idsAreTheSameInEveryRunAndWhateverTheFileIsCalled() throws IOException {
    Path renamed = Files.copy(events, folder.resolve("another name.txt"));

    String first = backtest(events.toString(), "--format", "json").out();

    assertThat(first).containsPattern("\"id\":\"[0-9a-f]{16,}\"");
    assertThat(backtest(events.toString(), "--format", "json").out()).isEqualTo(first);
    assertThat(backtest(renamed.toString(), "--format", "json").out()).isEqualTo(first);
    assertThat(backtest(events.toString(), "--format", "json", "--project", "other").out())
        .hasSameSizeAs(first)
        .isNotEqualTo(first);
  }

  @Test
  void readsGzip() throws IOException {
    Path packed = folder.resolve("events.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(events));
    }

    assertThat(backtest(packed.toString()).out()).isEqualTo(backtest(events.toString()).out());
  }

  @Test
  void violationsFailOnlyWhenAsked() throws IOException {
    Path quiet = Files.writeString(folder.resolve("quiet.jsonl"), recording("v1", "1111"));

    assertThat(backtest(events.toString()).status()).isZero();
    assertThat(backtest(events.toString(), "--fail-on-violation").status()).isEqualTo(1);
    assertThat(backtest(quiet.toString(), "--fail-on-violation").status()).isZero();
  }

  @Test
  void aCheckOfNothingIsNotPassed() throws IOException {
    Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"line\":\"7\"}\n");

    var run = backtest(other.toString(), "--fail-on-violation");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no event was judged");
  }

  @Test
  void saysWhichLinesAreNoEventsAndJudgesTheRest() throws IOException {
    String recording = "\ufeff" + recording("v1", "101").replaceAll("\\R", "\r\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken.jsonl"),
            recording + "{\"vehicle\":\"v1\"\n\n{\"at\":1}\n{\"vehicle\":\"v1\",\"at\":\"noon\"}");

    CommandLineRun run = backtest(broken.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("3 events of 1 key");
    assertThat(run.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(broken + ":4: broken-json: "),
            line -> assertThat(line).startsWith(broken + ":6: no-key: "),
            line -> assertThat(line).startsWith(broken + ":7: no-time: "),
            line -> assertThat(line).isEqualTo("assay: 3 lines could not be read"));
  }

  @Test
  void namesTheUnitThatWasMeant() throws IOException {
    Path seconds =
        Files.writeString(
            folder.resolve("seconds.jsonl"), "{\"vehicle\":\"v\",\"at\":1772352000,\"boxes\":[]}");

    CommandLineRun run = backtest(seconds.toString());

    assertThat(run.err())
        .contains(
            "the first event of 'camera' is of 1970-01-21T12:19:12Z;"
                + " read as timestamp(seconds) it is 2026-03-01T08:00:00Z");
  }

  @Test
  void aTimeThatNoYearHasIsRefusedWithTheUnitThatFits() throws IOException {
    Files.writeString(rules, RULES.replace("timestamp(millis)", "timestamp(seconds)"));
    Path millis =
        Files.writeString(
            folder.resolve("millis.jsonl"),
            "{\"vehicle\":\"v\",\"at\":1772352000000,\"boxes\":[]}");

    CommandLineRun run = backtest(millis.toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "came 1772352000000: read as timestamp(millis) it is 2026-03-01T08:00:00Z",
            "no event could be read");
  }

  @Test
  void showsPrivateValuesToWhoeverHoldsTheFile() throws IOException {
    Files.writeString(rules, RULES.replace("track         string?", "track string? private"));

    CommandLineRun run = backtest(events.toString());

    assertThat(run.out()).contains("t7 was gone for 200ms").doesNotContain("\u2063");
  }

  @Test
  void tellsAsManyViolationsAsAsked() {
    assertThat(backtest(events.toString(), "--examples", "1").out())
        .contains("t7 was gone for 300ms", "… and 1 more")
        .doesNotContain("t7 was gone for 200ms");
    assertThat(backtest(events.toString(), "--examples", "-1").status()).isEqualTo(2);
  }

  @Test
  void oneWrongMappingHidesNoOtherMistake() throws IOException {
    Files.writeString(
        rules, RULES.replace("boxes           list", "battery ratio from pose.battery boxes list"));
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.jsonl"), recording("v1", "1111").replaceFirst("0\\.9", "1.9"));

    CommandLineRun run = backtest(wrong.toString(), "--examples", "2");

    assertThat(run.out().lines().dropWhile(line -> !line.equals("schema")))
        .containsExactly(
            "schema",
            "  camera: boxes[].score needs a number in 0 .. 1, once",
            "    1970-01-01T00:00:00Z  v1  boxes[0].score needs a number in 0 .. 1, came 1.9"
                + "  severity 1.00",
            "  camera: battery needs a value, 4 times",
            "    1970-01-01T00:00:00Z  v1  battery needs a value in 'pose.battery', came nothing"
                + "  severity 1.00",
            "    1970-01-01T00:00:00.100Z  v1  battery needs a value in 'pose.battery', came"
                + " nothing  severity 1.00");
  }

  @Test
  void saysWhichEventsCameLateOrTwice() throws IOException {
    Path late =
        Files.writeString(
            folder.resolve("late.jsonl"), recording("v1", "111") + recording("v1", "1"));

    assertThat(backtest(late.toString()).err()).contains(late + ":4: late, changes no verdict");
  }

  @Test
  void jsonSaysWhichExpectationAndWhy() throws IOException {
    Files.writeString(
        rules, RULES + "assertion few on camera { expect none: size(boxes) < 1 explain \"one\" }");

    String out = backtest(events.toString(), "--format", "json").out();

    Schemas.assertValid("backtest.schema.json", out);
    JsonNode assertions = JsonMapper.shared().readTree(out).get("assertions");
    assertThat(assertions.get(0).get("items").get(0).has("expect")).isFalse();
    assertThat(assertions.get(0).get("items").get(0).get("sentence").asString())
        .isEqualTo("t7 was gone for 300ms");
    assertThat(assertions.get(1).get("items").get(0).get("expect").asString()).isEqualTo("none");
  }

  @Test
  void saysWhyWindowsAreUndecided() throws IOException {
    Files.writeString(
        rules,
        RULES
            + """

            assertion many on camera {
              window tumbling 1s at least 3 events
              expect count < 100
            }
            """);
    var lines = new StringBuilder();
    for (int at : new int[] {0, 1_000, 1_500, 2_000, 2_300, 2_600, 3_000, 4_000}) {
      lines.append("{\"vehicle\":\"v1\",\"at\":%d,\"boxes\":[]}\n".formatted(at));
    }
    Files.writeString(events, lines);

    assertThat(backtest(events.toString()).out())
        .contains(
            """
            many
              undecided 3 times: needs at least 3 events, got 1 (first at 1970-01-01T00:00:01Z)
            """);
    String cut = backtest(events.toString(), "--from", "2100", "--format", "json").out();
    Schemas.assertValid("backtest.schema.json", cut);
    JsonNode many = JsonMapper.shared().readTree(cut).get("assertions").get(1);
    assertThat(many.get("undecidedBecause"))
        .extracting(
            why -> why.get("units").asInt() + " " + why.get("reason").asString(),
            why -> why.get("first").asLong())
        .containsExactly(
            tuple("1 the window begins before the range that is judged", 3_000L),
            tuple("1 needs at least 3 events, got 1", 4_000L));
  }

  @Test
  void countsEventsThatComeTooLate() throws IOException {
    Path late =
        Files.writeString(
            folder.resolve("late.jsonl"), recording("v1", "11") + recording("v1", "1"));

    CommandLineRun run = backtest(late.toString());

    assertThat(run.err()).contains("assay: 1 event came too late and changed no verdict");
  }

  @Test
  void playsSeveralStreamsAndSeveralFilesOfOne() throws IOException {
    Files.writeString(rules, TWO_STREAMS);
    Path lidar =
        Files.writeString(
            folder.resolve("lidar.jsonl"), "{\"vehicle\":\"v1\",\"at\":5,\"range\":0.5}\n");
    Path second = Files.writeString(folder.resolve("v2.jsonl"), recording("v2", "101"));

    CommandLineRun run =
        CommandLineRun.of(
            "backtest",
            rules.toString(),
            "--events",
            "camera=" + events,
            "camera=" + second,
            "--events",
            "lidar=" + lidar);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("13 events of 3 keys")
        .containsPattern("flicker +3 +2 ")
        .containsPattern("near +1 +1 ");
  }

  @Test
  void aFileWithoutAStreamNeedsRulesOfOne() throws IOException {
    Files.writeString(rules, TWO_STREAMS);

    CommandLineRun unnamed = backtest(events.toString());
    CommandLineRun unknown = backtest("radar=" + events);

    assertThat(unnamed.status()).isEqualTo(2);
    assertThat(unnamed.err()).contains("camera, lidar");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("no stream 'radar'", "camera, lidar");
  }

  @Test
  void rulesWithErrorsAreStatusOneWithTheirIssues() throws IOException {
    Files.writeString(rules, RULES.replace("b.track\n", "b.trakc\n"));

    CommandLineRun run = backtest(events.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("error[A", "trakc", "did you mean 'track'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.jsonl", "camera=none.jsonl"})
  void aMissingFileIsStatusThree(String missing) {
    CommandLineRun run = backtest(missing);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no such file or folder: none.jsonl");
  }

  @Test
  void rulesMayFollowTheEvents() {
    CommandLineRun run =
        CommandLineRun.of("backtest", "--events", events.toString(), rules.toString());

    assertThat(run.out()).isEqualTo(backtest(events.toString()).out());
  }

  @Test
  void takesAFolderOfRules() {
    CommandLineRun run =
        CommandLineRun.of("backtest", folder.toString(), "--events", events.toString());

    assertThat(run.out()).isEqualTo(backtest(events.toString()).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void findsSilencesOfKeysAndOfTheStream(String jobs) throws IOException {
    Files.writeString(
        rules,
        RULES
            + """

            assertion quiet on camera { silence at most 150ms }
            assertion dead on camera { silence at most 150ms over stream }
            """);
    var lines = new StringBuilder();
    for (String event : List.of("v1 0", "v2 100", "v1 200", "v2 400", "v1 450", "v1 700")) {
      String[] parts = event.split(" ");
      lines.append("{\"vehicle\":\"%s\",\"at\":%s,\"boxes\":[]}\n".formatted(parts[0], parts[1]));
    }
    Files.writeString(events, lines);

    CommandLineRun run = backtest(events.toString(), "--jobs", jobs);

    assertThat(run.out())
        .containsPattern("quiet +4 +4 ")
        .containsPattern("dead +2 +5 ")
        .contains("1970-01-01T00:00:00.350Z", "1970-01-01T00:00:00.600Z");
  }

  private CommandLineRun backtest(String events, String... options) {
    List<String> args = new ArrayList<>(List.of("backtest", rules.toString(), "--events", events));
    args.addAll(List.of(options));
    return CommandLineRun.of(args.toArray(String[]::new));
  }
}
