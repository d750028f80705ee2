package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** In which declared slices the events are at which verdicts fall. */
class EventSlicesTest {
  private static final String CAMERA =
      """
      language 1
      stream camera from topic "t" {
        key vehicle string
        time at timestamp(millis)
        weather string?
        speed double
        slice fast = speed > 20.0
        slice rain = weather == "rain"
      }
      """;

  /** Of each assertion, tally and slice how many at which value; the values in words. */
  private static final class Told implements Verdicts {
    final Map<String, Long> counts = new TreeMap<>();
    private final List<String> slices;
    int unsliced;

    Told(List<String> slices) {
      this.slices = slices;
    }

    @Override
    public void violation(Violation violation) {}

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      if (tally == Tally.JUDGED || tally == Tally.VIOLATED || tally == Tally.UNDECIDED) {
        unsliced++;
      }
    }

    @Override
    public void count(
        String assertion, String expectation, Tally tally, long minute, long by, int all) {
      assertThat(tally).isIn(Tally.JUDGED, Tally.VIOLATED, Tally.UNDECIDED);
      for (int i = 0; i < slices.size(); i++) {
        counts.merge(
            "%s %s %s %s".formatted(assertion, tally, slices.get(i), SliceValue.at(all, i)),
            by,
            Long::sum);
      }
    }

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {
      throw new AssertionError(assertion + ": " + message);
    }

    Map<String, Long> of(String assertion) {
      Map<String, Long> own = new TreeMap<>();
      counts.forEach(
          (name, count) -> {
            if (name.startsWith(assertion + " ")) {
              own.put(name.substring(assertion.length() + 1), count);
            }
          });
      return own;
    }
  }

  private final Map<String, EventDecoder> decoders = new HashMap<>();
  private long line;

  private static CheckedRules rules(String text) {
    var compiled = new RuleCompiler().compile(List.of(new SourceFile("test.assay", text)));
    return compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
  }

  private GroupJudge judge(CheckedRules rules) {
    GroupJudge judge = GroupJudge.of(rules, rules.streams(), "default");
    for (StreamType stream : rules.streams()) {
      decoders.put(stream.name(), EventDecoder.of(stream, judge.reads(stream)));
    }
    return judge;
  }

  private Event event(String stream, long millis, String fields) {
    String json = "{\"vehicle\":\"v\",\"at\":%d,%s}".formatted(millis, fields);
    Decoded decoded =
        Objects.requireNonNull(decoders.get(stream))
            .decode(
                json.getBytes(StandardCharsets.UTF_8),
                null,
                new Coordinates(stream, 0, line++),
                Long.MIN_VALUE);
    return ((Decoded.Readable) decoded).event();
  }

  private static List<String> names(CheckedRules rules, String stream) {
    return rules
        .declared(rules.stream(stream).orElseThrow())
        .map(DeclaredStream::counted)
        .orElseThrow()
        .stream()
        .map(DeclaredStream.Slice::name)
        .toList();
  }

  @Test
  void eachVerdictFallsIntoTheSlicesOfItsEventAndUndecidedOnesAreToldApart() {
    CheckedRules rules = rules(CAMERA + "assertion sane on camera { expect speed < 30.0 }");
    GroupJudge judge = judge(rules);
    var told = new Told(names(rules, "camera"));
    GroupState state = judge.newKey("v");
    judge.judge(state, event("camera", 1, "\"speed\":10.0,\"weather\":\"rain\""), told);
    judge.judge(state, event("camera", 2, "\"speed\":40.0,\"weather\":\"dry\""), told);
    judge.judge(state, event("camera", 3, "\"speed\":41.0"), told);
    judge.judge(state, event("camera", 4, "\"weather\":\"rain\""), told);
    assertThat(told.of("sane"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "JUDGED fast FALSE", 1L,
                "JUDGED fast TRUE", 2L,
                "VIOLATED fast TRUE", 2L,
                "UNDECIDED fast UNDECIDED", 1L,
                "JUDGED rain TRUE", 1L,
                "JUDGED rain FALSE", 1L,
                "JUDGED rain UNDECIDED", 1L,
                "VIOLATED rain FALSE", 1L,
                "VIOLATED rain UNDECIDED", 1L,
                "UNDECIDED rain TRUE", 1L));
    assertThat(told.of("schema")).containsEntry("JUDGED fast TRUE", 2L);
    assertThat(told.unsliced).isZero();
  }

  @Test
  void aSilenceIsOfTheEventBeforeItAlsoWhereTheKeyWasStoredMeanwhile() {
    CheckedRules rules = rules(CAMERA + "assertion alive on camera { silence at most 1s }");
    GroupJudge judge = judge(rules);
    var told = new Told(names(rules, "camera"));
    GroupState state = judge.newKey("v");
    judge.judge(state, event("camera", 0, "\"speed\":30.0"), told);
    state = judge.restore("v", judge.snapshot(state));
    judge.judge(state, event("camera", 500, "\"speed\":1.0"), told);
    state = judge.restore("v", judge.snapshot(state));
    judge.judge(state, event("camera", 5_000, "\"speed\":30.0"), told);
    state = judge.restore("v", judge.snapshot(state));
    judge.tick(state, rules.streams().getFirst(), 9_000_000_000L, told);
    assertThat(told.of("alive"))
        .containsEntry("JUDGED fast TRUE", 2L)
        .containsEntry("VIOLATED fast TRUE", 1L)
        .containsEntry("JUDGED fast FALSE", 1L)
        .containsEntry("VIOLATED fast FALSE", 1L);
  }

  @Test
  void aJoinIsOfItsOwnStreamsEvent() {
    CheckedRules rules =
        rules(
            CAMERA
                + """
                stream lidar from topic "l" {
                  key vehicle string
                  time at timestamp(millis)
                  speed double
                }
                assertion agree on camera {
                  join lidar within 50ms
                  expect abs(camera.speed - lidar.speed) < 1.0
                }
                """);
    GroupJudge judge = judge(rules);
    var told = new Told(names(rules, "camera"));
    GroupState state = judge.newKey("v");
    judge.judge(state, event("camera", 0, "\"speed\":30.0"), told);
    judge.judge(state, event("lidar", 10, "\"speed\":30.0"), told);
    judge.judge(state, event("camera", 1_000, "\"speed\":2.0"), told);
    judge.judge(state, event("lidar", 1_010, "\"speed\":90.0"), told);
    judge.judge(state, event("camera", 2_000, "\"speed\":2.0"), told);
    judge.judge(state, event("lidar", 2_010, "\"speed\":2.0"), told);
    judge.finish(state, told);
    assertThat(told.of("agree"))
        .containsEntry("JUDGED fast TRUE", 1L)
        .containsEntry("JUDGED fast FALSE", 2L)
        .containsEntry("VIOLATED fast FALSE", 1L)
        .doesNotContainKey("VIOLATED fast TRUE");
  }

  @Test
  void whatWaitsForAnotherVersionAndIsForgottenForWantOfRoomIsOfItsOwnEvent() {
    CheckedRules rules =
        rules(
            """
            language 1
            stream loans from topic "t" {
              key vehicle string
              time at timestamp(millis)
              release string
              input string
              risk double
              slice high = risk > 0.5
            }
            assertion hourly on loans {
              compare release by input
              window tumbling 1h
              expect mean(new.risk - old.risk) < 0.5
            }
            """);
    GroupJudge judge = judge(rules);
    var told = new Told(names(rules, "loans"));
    GroupState state = judge.newKey("v");
    for (int i = 0; i < Halves.MOST_OF_INPUT + 3; i++) {
      String risk = i == 0 ? "0.9" : "0.1";
      String fields = "\"release\":\"1\",\"input\":\"a\",\"risk\":" + risk;
      judge.judge(state, event("loans", i, fields), told);
      state = judge.restore("v", judge.snapshot(state));
    }
    assertThat(told.of("hourly"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("UNDECIDED high TRUE", 1L, "UNDECIDED high FALSE", 2L));
    assertThat(told.unsliced).isZero();
  }

  @Test
  void theFirstEightAreCountedAndAStreamWithoutAnyIsCountedAsBefore() {
    var many = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      many.append("  slice s%d = speed > %d.0\n".formatted(i, i));
    }
    CheckedRules rules =
        rules(
            CAMERA.replace("  slice fast = speed > 20.0\n", many.toString())
                + "assertion sane on camera { expect speed < 30.0 }");
    assertThat(names(rules, "camera")).hasSize(8).startsWith("s0").endsWith("s7");
    GroupJudge judge = judge(rules);
    var told = new Told(names(rules, "camera"));
    judge.judge(judge.newKey("v"), event("camera", 0, "\"speed\":5.5"), told);
    assertThat(told.of("sane"))
        .containsEntry("JUDGED s5 TRUE", 1L)
        .containsEntry("JUDGED s6 FALSE", 1L)
        .containsEntry("JUDGED s7 FALSE", 1L)
        .hasSize(8);

    CheckedRules none =
        rules(
            CAMERA.replaceAll("  slice .*\n", "")
                + "assertion sane on camera { expect speed < 30.0 }");
    GroupJudge plain = judge(none);
    var unsliced = new Told(List.of("fast"));
    plain.judge(plain.newKey("v"), event("camera", 0, "\"speed\":5.5"), unsliced);
    assertThat(unsliced.counts).isEmpty();
    assertThat(unsliced.unsliced).isEqualTo(2);
  }

  @Test
  void valuesPutTogetherAreToldApartAtEachPlace() {
    for (int place = 0; place < DeclaredStream.MOST_COUNTED; place++) {
      for (SliceValue value : SliceValue.values()) {
        int all = value.put(0, place);
        assertThat(SliceValue.at(all, place)).isEqualTo(value);
        for (int other = 0; other < DeclaredStream.MOST_COUNTED; other++) {
          assertThat(other == place || SliceValue.at(all, other) == SliceValue.UNDECIDED).isTrue();
        }
      }
    }
  }
}
