package io.assay.web.firstrun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.format.RuleFormatter;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.firstrun.EventSample.Raw;
import io.assay.web.sink.JudgedStreet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What events suggest compiles, and reads those very events without a complaint. */
class StreamGuessTest {
  private static final long START = 1_772_352_000_000L;

  private static List<TopicChoices.Found> found(List<String> events, String keyed) {
    List<TopicChoices.Found> all = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      byte[] key = keyed.isEmpty() ? null : keyed.getBytes(UTF_8);
      all.add(new TopicChoices.Found(new Raw(key, events.get(i).getBytes(UTF_8)), 0, i, START + i));
    }
    return all;
  }

  private static StreamGuess guess(List<TopicChoices.Found> found) {
    return StreamGuess.of(
        "camera",
        "av.camera",
        EventSample.of(found.stream().map(TopicChoices.Found::raw).toList()));
  }

  static CheckedRules compiled(String block) {
    var file = new SourceFile("camera.assay", "language 1\n\n" + block);
    Compilation compilation = new RuleCompiler().compile(List.of(file));
    assertThat(compilation.issues().stream().filter(issue -> issue.isError())).as(block).isEmpty();
    assertThat(new RuleFormatter().format(file).text()).isNotBlank();
    return compilation.rules().orElseThrow();
  }

  /** No event is unreadable, and the built-in assertion has nothing to say. */
  private static void assertReads(StreamGuess guess, List<TopicChoices.Found> found) {
    CheckedRules rules = compiled(guess.text());
    Rehearsal rehearsal =
        Rehearsal.of(
            rules, "default", List.of(new Rehearsal.Past(rules.streams().getFirst(), found)));
    assertThat(rehearsal.events()).as(guess.text()).isEqualTo(found.size());
    assertThat(rehearsal.unreadable()).isZero();
    assertThat(rehearsal.said()).allSatisfy(said -> assertThat(said.violations()).isZero());
  }

  @Test
  void theStreetIsSeenAsItIs() {
    List<String> events =
        JudgedStreet.drive("default", 3, Instant.ofEpochMilli(START), 200).payloads().stream()
            .map(bytes -> new String(bytes, UTF_8))
            .toList();
    List<TopicChoices.Found> found = found(events, "");
    StreamGuess guess = guess(found);
    assertThat(guess.trouble()).isEmpty();
    assertThat(guess.text())
        .contains("key vehicle string", "time at timestamp(millis)", "score ratio", "boxes list {");
    assertReads(guess, found);
  }

  @Test
  void nestedKeysOptionalFieldsAndOddNames() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(
          """
          {"meta":{"device-id":"d%d","captured":"2026-03-01T08:%02d:%02dZ"},"id":"e%d","temp °C":%d.5,
           "state":"%s","in":%d%s,"tags":["a"],"ok":true,"vector":[1,2,3,4,5,6,7,8,9]}\
          """
              .formatted(
                  i % 5,
                  i / 60,
                  i % 60,
                  i,
                  i % 30,
                  i % 2 == 0 ? "on" : "off",
                  i,
                  i % 3 == 0 ? ",\"extra\":1" : ""));
    }
    List<TopicChoices.Found> found = found(events, "");
    StreamGuess guess = guess(found);
    assertThat(guess.text())
        .contains(
            "id id string",
            "key device_id string from meta.\"device-id\"",
            "time captured timestamp from meta.captured",
            "enum(\"off\", \"on\")",
            "extra int?",
            "vector vector(9)",
            "tags list<string>",
            "ok bool");
    assertReads(guess, found);
  }

  /** What only some of the last events show is seen, wherever they stand. */
  @Test
  void allEventsTellNotTheFirstAlone() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      boolean late = i >= 900;
      events.add(
          "{\"parcel\":\"p%d\",\"at\":%d,\"conf\":%s,\"weight\":%s,\"depot\":%s,\"odd\":%s,\"filling\":%s%s}"
              .formatted(
                  i % 40,
                  START + i,
                  i % 3 == 0 ? "1" : "0." + (10 + i % 89),
                  late ? "2.25" : "2",
                  late ? "null" : "\"d\"",
                  late ? "\"seven\"" : "7",
                  "0." + i % 9,
                  late ? ",\"note\":\"n\"" : ""));
    }
    List<TopicChoices.Found> found = found(events, "");
    StreamGuess guess = guess(found);
    assertThat(guess.text())
        .contains(
            "key parcel string",
            "conf ratio\n",
            "weight double  # 2.0 .. 2.25 in the last 1000 events; unit not known\n",
            "depot string?",
            "odd dyn",
            "filling double  # 0.0 .. 0.8 in the last 1000 events; unit not known; ratio if",
            "note string?");
    assertThat(guess.notes())
        .contains(
            "note may be missing: 100 of 1000 events have it",
            "odd is any: it came as number and as text");
    assertReads(guess, found);
  }

  /** A sender's mistake in a few events is no reason to find no key and no time. */
  @Test
  void aFewEventsWithoutTheKeyAreToldOf() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(
          i == 50
              ? "{\"at\":\"soon\"}"
              : "{\"device\":\"d%d\",\"at\":\"2026-03-01T08:00:%02dZ\"}".formatted(i % 4, i % 60));
    }
    StreamGuess guess = guess(found(events, ""));
    assertThat(guess.text()).contains("key device string", "time at timestamp\n");
    assertThat(guess.notes())
        .contains("1 events have no device: such are put with the dead letters");
  }

  @Test
  void ofAnUnevenTopicAsManyAreReadAsOfAnEvenOne() {
    assertThat(TopicChoices.each(List.of(5000L, 5000L), 1000)).isEqualTo(500);
    assertThat(TopicChoices.each(List.of(5000L, 0L, 10L, 0L), 1000)).isEqualTo(990);
    assertThat(TopicChoices.each(List.of(3L, 2L), 1000)).isEqualTo(1000);
  }

  @Test
  void theRecordsKeyIsTheKey() {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      events.add(
          "{\"user_id\":\"u%d\",\"shop\":\"north\",\"ts\":%d}".formatted(i % 7, START / 1000 + i));
    }
    assertThat(guess(found(events, "")).text()).contains("key user_id");
    assertThat(guess(found(events, "north")).text())
        .contains("key shop string", "time ts timestamp(seconds)");
  }

  @Test
  void whatIsLackingIsSaidWithWhatToDo() {
    assertThat(guess(List.of()).trouble().orElse("")).contains("send some events first");
    assertThat(guess(found(List.of("hello", "1"), "")).trouble().orElse(""))
        .contains("none of the last 2 records is a JSON object");
    assertThat(
            guess(found(List.of("{\"user\":\"a\"}", "{\"user\":\"a\"}"), "")).trouble().orElse(""))
        .contains("no field is a time");
    assertThat(guess(found(List.of("{\"at\":1772352000000,\"x\":1.5}"), "")).trouble().orElse(""))
        .contains("an event needs a key");
  }

  @ParameterizedTest
  @CsvSource({
    "av.camera.predictions, camera",
    "loans, loans",
    "9-lives, lives",
    "in, stream",
    "shop.events, shop"
  })
  void aStreamIsNamedAfterItsTopic(String topic, String name) {
    assertThat(StreamGuess.nameOf(topic, Set.of())).isEqualTo(name);
    assertThat(StreamGuess.nameOf(topic, Set.of(name))).isEqualTo(name + "2");
  }
}
