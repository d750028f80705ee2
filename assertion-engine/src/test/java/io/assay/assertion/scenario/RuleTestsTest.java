package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Outcome.Difference;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTestsTest {
  /** A mapping with everything a payload can do differently from its declaration. */
  private static final String RULES =
      """
      language 1

      stream camera from topic "camera" {
        id     event  string
        key    vehicle  string
        time   at       TIME
        size   1000 x 500
        weather         string?
        boxes           list {
          track         string?
          score         ratio
          area          rect = READING
        }
      }

      assertion flicker on camera "nobody vanishes" {
        each      b in boxes where b.score >= 0.5
        identity  b.track
        absent    less than 500ms
      }

      assertion place on camera "the box is where it was put" {
        each      b in boxes
        expect    distance(center(b.area), center(rect(100, 50, 200, 100))) < 0.001px
        severity  2.5
      }

      assertion rain on camera "it does not rain" {
        expect    weather != "rain"
      }

      """;

  private static Outcome run(String test) {
    return run("timestamp(millis)", "xyxy(bbox)", test);
  }

  private static Outcome run(String time, String reading, String test) {
    return runText(RULES.replace("TIME", time).replace("READING", reading) + test);
  }

  private static Outcome runText(String text) {
    Compilation compilation =
        new RuleCompiler().compile(List.of(new SourceFile("rules.assay", text)));
    assertThat(compilation.issues()).filteredOn(issue -> issue.isError()).isEmpty();
    CheckedRules rules = compilation.rules().orElseThrow();
    return new RuleTests(rules, (ruleFile, name) -> file(name)).run(rules.tests().getFirst());
  }

  private static InputStream file(String name) throws IOException {
    return switch (name) {
      case "broken.jsonl" -> bytes("{\"vehicle\":\"v1\",\"at\":0}\n \n{\"vehicle\":\"v1\",\"at\n");
      case "torn.jsonl" ->
          new SequenceInputStream(
              bytes("{\"vehicle\":\"v1\",\"at\":0,\"event\":\"e\"}\n"),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new EOFException("unexpected end");
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                  return read();
                }
              });
      default -> throw new FileNotFoundException("no such file: " + name);
    };
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String test(String assertion, String seen, String expectations) {
    return """
    test %s "t" {
      given camera every 100ms vehicle "v1" boxes of { track: "t7", score: 0.9, area: rect(100, 50, 200, 100) }
      seen "%s"
      %s
    }
    """
        .formatted(assertion, seen, expectations);
  }

  @ParameterizedTest
  @CsvSource({
    "timestamp, xyxy(bbox)",
    "timestamp(millis), area",
    "timestamp(seconds), centre(bbox)",
    "timestamp(micros), normalised(bbox)",
    "timestamp(nanos), xyxy(bbox)"
  })
  void payloadsGoThroughTheStreamsOwnMapping(String time, String reading) {
    String mapping = reading.equals("area") ? "area" : reading;

    Outcome flicker = run(time, mapping, test("flicker", "101", "expect violation at 200ms"));
    Outcome place = run(time, mapping, test("place", "1", "expect silence"));

    assertThat(flicker).isEqualTo(new Outcome.Passed());
    assertThat(place).isEqualTo(new Outcome.Passed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expect violation at 200ms with gap = 200ms, events = 1",
        "expect violation at 500ms with gap = 300ms, events = 2, severity = 1.0",
        "expect violation at 200ms expect violation at 500ms expect 2 violations"
      })
  void agreesWithWhatComes(String expectations) {
    assertThat(run(test("flicker", "101001", expectations))).isEqualTo(new Outcome.Passed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expect silence | silence | 2 violations at 200ms",
        "expect 3 violations | 3 violations | 2 violations at 200ms",
        "expect undecided | undecided | 2 violations at 200ms",
        "expect violation at 490ms | violation at 490ms | violation at 500ms",
        "expect violation at 500ms with gap = 1s | violation at 500ms with gap = 1s | violation at"
            + " 500ms with gap = 300ms"
      })
  void saysWhatWasExpectedAndWhatCame(String expectations, String expected, String came) {
    assertThat(differences(run(test("flicker", "101001", expectations))))
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.expected()).isEqualTo(expected);
              assertThat(difference.came()).startsWith(came);
            });
  }

  @Test
  void oneViolationDoesNotServeTwoExpectations() {
    Outcome outcome =
        run(test("flicker", "101", "expect violation at 200ms expect violation at 200ms"));

    assertThat(differences(outcome)).hasSize(1);
  }

  @Test
  void missingEvidenceIsUndecidedAndNoSilence() {
    assertThat(run(test("rain", "1", "expect undecided"))).isEqualTo(new Outcome.Passed());
    assertThat(differences(run(test("rain", "1", "expect violation at 0s"))))
        .singleElement()
        .satisfies(
            difference ->
                assertThat(difference.came())
                    .startsWith("no violation, 1 undecided: ")
                    .contains("weather is missing", "(at 0s)"));
  }

  @Test
  void whatWaitsForAnotherRunsWithIt() {
    String waiting =
        """
        assertion full on camera { expect size(boxes) == 0 }
        assertion same on camera { when full violated expect size(boxes) == 0 }
        """;
    assertThat(run(waiting + test("same", "01", "expect violation at 100ms")))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void aSilenceIsOfTheInstantAtWhichItHadLastedTooLong() {
    String alive = "assertion alive on camera { silence at most 250ms %s }\n";
    String test = test("alive", "1111", "expect silence");
    for (String over : List.of("", "over stream")) {
      assertThat(run(alive.formatted(over) + test)).isEqualTo(new Outcome.Passed());
      String longer = test.replace("every 100ms", "every 1s");
      assertThat(
              run(alive.formatted(over) + longer.replace("expect silence", "expect 3 violations")))
          .isEqualTo(new Outcome.Passed());
      assertThat(
              run(
                  alive.formatted(over)
                      + longer.replace(
                          "expect silence", "expect violation at 1250ms with silent = 250ms")))
          .isEqualTo(new Outcome.Passed());
    }
  }

  @Test
  void everyTestRunsAlone() {
    assertThat(run(test("place", "11", "expect silence"))).isEqualTo(new Outcome.Passed());
  }

  @Test
  void whatIsNotEvaluatedYetIsPending() {
    String same =
        """
        assertion same on camera { each b in boxes compare weather by event expect b.score > 0.1 }
        """;

    Outcome outcome = run(same + test("same", "1001", "expect violation at 300ms"));

    assertThat(outcome).isInstanceOf(Outcome.Pending.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.jsonl   | the file \"none.jsonl\" | no such file: none.jsonl",
        "broken.jsonl | events that can be read | broken.jsonl:3: broken-json",
        "torn.jsonl   | events that can be read | torn.jsonl:2: unexpected end"
      })
  void anUnreadableFileFailsItsTestWithItsLine(String file, String expected, String came) {
    Outcome outcome = run("test rain \"t\" {\n  given camera \"" + file + "\"\n  expect silence }");

    assertThat(differences(outcome))
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.expected()).isEqualTo(expected);
              assertThat(difference.came()).startsWith(came);
              assertThat(difference.span().column()).isEqualTo(3);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "place   | boxes of { score: 0.9 }                  | b.area",
        "flicker | boxes of { track: null, score: 0.9 }     | an element has no identity",
        "flicker | boxes of { track: \"t7\", score: 7.0 }     | b.score"
      })
  void anUndecidedVerdictSaysWhy(String assertion, String boxes, String reason) {
    String loose = RULES.replace("rect = READING", "rect? = READING");

    Outcome outcome =
        runText(
            loose.replace("TIME", "timestamp").replace("READING", "area")
                + "test %s \"t\" { given camera every 1s vehicle \"v\" %s expect 1 violations }"
                    .formatted(assertion, boxes));

    assertThat(differences(outcome))
        .singleElement()
        .satisfies(
            difference ->
                assertThat(difference.came())
                    .startsWith("no violation, 1 undecided: ")
                    .contains(reason));
  }

  private static final String LOANS =
      """
      stream loans from topic "loans" {
        id     loan       int
        key    applicant  string
        time   at         timestamp(millis)
        region            enum("north", "south")
        risk              ratio
        number            int?
      }

      assertion all on loans { expect false }
      assertion low on loans { expect risk <= LIMIT }
      assertion rising on loans { expect number == 0 || risk > 0.0 }
      assertion north on loans { where region == "north" expect false }
      assertion numbered on loans { expect applicant == "a" + string(number) }
      """;

  private static Outcome series(String assertion, String given, String expectations) {
    return runText(
        LOANS.replace("LIMIT", "0.6")
            + "test %s \"t\" { %s expect %s }".formatted(assertion, given, expectations));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every 1s for 2h          | 7200",
        "every 1s for 1500ms      | 2",
        "every 1s for 250 events  | 250",
        "every 1s for 1 event     | 1",
        "every 1s                 | 1"
      })
  void aSeriesLastsAsLongAsItSays(String times, long events) {
    String given = "given loans %s applicant \"a\" region \"north\" risk 0.5".formatted(times);

    assertThat(series("all", given, events + " violations")).isEqualTo(new Outcome.Passed());
  }

  @Test
  void valuesMayDependOnTheIndex() {
    String given =
        "given loans every 1s for 9 events applicant \"a\" + string(i % 3) number i % 3"
            + " region i < 4 ? \"north\" : \"south\" risk double(i) / 10.0";

    assertThat(series("numbered", given, "silence")).isEqualTo(new Outcome.Passed());
    assertThat(series("north", given, "4 violations")).isEqualTo(new Outcome.Passed());
    assertThat(series("low", given, "violation at 7s expect 2 violations"))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void cyclesAndRampsAreExact() {
    String given =
        "given loans every 1s for 11 events applicant \"a\" region cycle(\"north\", \"south\")"
            + " risk ramp(0, 1)";

    assertThat(series("north", given, "6 violations")).isEqualTo(new Outcome.Passed());
    assertThat(series("low", given, "violation at 7s expect 4 violations"))
        .isEqualTo(new Outcome.Passed());
  }

  /** Within four deviations of the binomial: of 10,000 draws, 200 around 4,000 or 5,000. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "low   | cycle(\"north\", \"south\")  | uniform(0, 1)      | 4000",
        "low   | cycle(\"north\", \"south\")  | uniform(1, 0)      | 4000",
        "low   | cycle(\"north\", \"south\")  | normal(0.6, 0.1)   | 5000",
        "low   | cycle(\"north\", \"south\")  | normal(0.5, 0.1)   | 1587",
        "north | choice(\"north\", \"south\") | 0.5                | 5000"
      })
  void chanceHasItsDistribution(String assertion, String region, String risk, long expected) {
    String given =
        "given loans every 1s for 10000 events applicant \"a\" region %s risk %s"
            .formatted(region, risk);

    assertThat(violations(series(assertion, given, "silence")))
        .isBetween(expected - 200, expected + 200);
  }

  private static long violations(Outcome outcome) {
    String came = differences(outcome).getFirst().came();
    return Long.parseLong(came.substring(0, came.indexOf(' ')));
  }

  @Test
  void chanceIsTheSameInEveryRunAndAnotherInEveryTestFieldAndSeries() {
    String given = "given loans every 1s for 40 events applicant \"a\" region \"north\" risk ";
    String uniform = given + "uniform(0, 1)";

    String first = differences(series("low", uniform, "silence")).getFirst().came();

    assertThat(differences(series("low", uniform, "silence")).getFirst().came()).isEqualTo(first);
    assertThat(
            differences(
                    runText(
                        LOANS.replace("LIMIT", "0.6")
                            + "test low \"another\" { "
                            + uniform
                            + " expect silence }"))
                .getFirst()
                .came())
        .isNotEqualTo(first);
    // equal draws of two series would cancel out
    String two =
        "given loans every 1s for 40 events applicant \"b\" region \"south\" risk 0.1 " + uniform;
    assertThat(differences(series("low", two, "silence")).getFirst().came()).isNotEqualTo(first);
  }

  @Test
  void whatChanceMakesOfARatioStaysOne() {
    String given =
        "given loans every 1s for 1000 events applicant \"a\" region \"north\" risk normal(0, 0.1)";

    assertThat(differences(series("low", given, "undecided")).getFirst().came())
        .isEqualTo("silence");
  }

  @Test
  void seriesMayFollowOneAnotherAndBePlayedSideBySide() {
    String given =
        "given loans every 1s for 10s applicant \"a\" region \"north\" risk 0.1 "
            + "given loans every 1s for 10s from 10s applicant \"a\" region \"south\" risk 0.9 "
            + "given loans every 5s for 20s applicant \"b\" region \"south\" risk 0.1";

    assertThat(
            series("low", given, "violation at 10s expect violation at 19s expect 10 violations"))
        .isEqualTo(new Outcome.Passed());
    assertThat(series("all", given, "24 violations")).isEqualTo(new Outcome.Passed());
  }

  @Test
  void whatIsSeenIsRepeatedForAsLongAsASeriesLasts() {
    String flicker =
        test("flicker", "110", "expect 99 violations")
            .replace("every 100ms", "every 100ms for 300 events");

    assertThat(run(flicker)).isEqualTo(new Outcome.Passed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expect corrected at 100ms boxes of { track: \"t7\" }",
        "expect corrected at 100ms boxes of { score: 0.75, area: rect(100, 50, 200, 100) }",
        "expect corrected at 100ms without boxes of { track: \"t8\" }"
      })
  void theProposedOutputHasWhatTheTestNames(String expectation) {
    assertThat(corrected(expectation)).isEqualTo(new Outcome.Passed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at 100ms boxes of { score: 0.5 }             | boxes [{ track: \"t7\", score: 0.75",
        "at 100ms without boxes of { track: \"t7\" }  | boxes [{ track: \"t7\", score: 0.75",
        "at 100ms boxes of { track: null }            | boxes [{ track: \"t7\", score: 0.75",
        "at 200ms boxes of { track: \"t7\" }          | no correction of the event at that time;"
            + " there are some at 100ms"
      })
  void saysWhatWasProposedInstead(String expectation, String came) {
    assertThat(differences(corrected("expect corrected " + expectation)))
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.expected()).isEqualTo("corrected " + expectation);
              assertThat(difference.came()).startsWith(came);
            });
  }

  private static Outcome corrected(String expectation) {
    String correct = "correct insert b with track = b.track, score = 0.75, area = b.area";
    return runText(
        RULES
                .replace("less than 500ms", "less than 500ms " + correct)
                .replace("TIME", "timestamp")
                .replace("READING", "area")
            + test("flicker", "101", expectation));
  }

  private static List<Difference> differences(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).differences();
  }
}
