package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code returns}, {@code consistent}, {@code transitions} and {@code change}, by hand. */
class FollowedKindsTest {
  /** One event every 100 ms, a letter each: the label; {@code ?} has none. */
  private static Trial labels(String clauses, String labels) {
    Trial trial =
        Trial.of(
            """
            language 1
            stream model from topic "t" {
              key  series string
              time at     timestamp(millis)
              label       enum("a", "b", "c", "d")? alike ("c", "d")
              level       double?
            }
            assertion judged on model {
              %s
            }
            """
                .formatted(clauses));
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      String text = label == '?' ? "null" : "\"" + label + "\"";
      trial.judge("{\"series\":\"s\",\"at\":%d,\"label\":%s}".formatted(i * 100, text));
    }
    return trial;
  }

  @ParameterizedTest
  @CsvSource({
    // clause, labels, violations
    "returns label through at most 1 events, aba, 1",
    "returns label through at most 1 events, abab, 2", // overlapping ones each count
    "returns label through at most 1 events, abba, 0",
    "returns label through at most 2 events, abba, 1",
    "returns label through at most 2 events, abca, 0", // A-B-C-A is no A-B-A
    "returns label through at most 1 events, ab?a, 0", // what is missing could be anything
    "returns label through at most 1 events, a?ba, 0",
    "returns label through at most 1 events, aaabaaa, 1",
    "returns label within 200ms, aba, 1", // from the last A to the first A again
    "returns label within 200ms, abba, 0",
    "returns label within 300ms, aabba, 1",
    "returns label within 2 events, aba, 0", // both ends counted
    "returns label within 3 events, aba, 1",
    "returns label within 1s through at most 1 events, abba, 0"
  })
  void findsWhatComesBack(String clause, String labels, int violations) {
    assertThat(labels(clause, labels).found("judged")).hasSize(violations);
  }

  @Test
  void tellsWhichWayItWentAndBack() {
    Trial trial =
        labels(
            "returns label within 1s\nseverity count\nexplain \"{from} {to} {count} {minority}\"",
            "aabba");
    Violation found = trial.found("judged").getFirst();
    assertThat(found.sentence()).isEqualTo("a b 2 0.4");
    assertThat(found.severity()).isEqualTo(2);
    assertThat(found.at()).isEqualTo(400_000_000L);
    assertThat(found.from()).isEqualTo(200_000_000L);
    assertThat(found.to()).isEqualTo(300_000_000L);
    assertThat(trial.count("judged", Tally.JUDGED)).isEqualTo(5);
    assertThat(trial.count("judged", Tally.VIOLATED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "consistent label within 300ms, aaaaaa, 0",
    "consistent label within 300ms, aaabaaa, 1", // one violation an episode
    "consistent label within 300ms, ababababab, 1",
    "consistent label within 300ms, cdcdcd, 0", // alike
    "consistent label within 300ms, accccccccca, 2", // quiet for longer than T between
    "consistent label within 100ms, a?b, 0", // 200 ms apart
    "consistent label within 200ms, a?b, 1",
    "consistent label within 2 events, aab, 1",
    "consistent label within 1 events, aab, 0"
  })
  void findsWhatDoesNotAgree(String clause, String labels, int violations) {
    assertThat(labels(clause, labels).found("judged")).hasSize(violations);
  }

  @Test
  void takesTheShareOfTheMinorityForTheSeverity() {
    Violation found = labels("consistent label within 2s", "aaab").found("judged").getFirst();
    assertThat(found.severity()).isCloseTo(0.25, within(1e-12));
    assertThat(found.sentence()).isEqualTo("judged: event was a, then b");
    assertThat(found.at()).isEqualTo(300_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, 2", // 10 in 100 ms are 100 a second, 1 in 100 ms are 10
    "100, 10, 0",
    "99, 10, 1",
    "99, -10, 1" // either way
  })
  void findsWhatJumps(double perSecond, double by, int violations) {
    Trial trial =
        labels("change level at most %s per 1s".formatted(perSecond), "")
            .judge(level(0, 50), level(100, 50 + by / 10), level(200, 50 + by / 10 + by));
    assertThat(trial.found("judged")).hasSize(violations);
  }

  @Test
  void holdsChangesAgainstTheTimeBetween() {
    Trial trial =
        labels("change level at most 10.0 per 1s\nexplain \"{value} in {elapsed}\"", "")
            .judge(level(0, 0), level(2000, 20), level(3000, 31), "{\"series\":\"s\",\"at\":4000}")
            .judge(level(5000, 99));
    assertThat(trial.found("judged")).extracting(Violation::sentence).containsExactly("11 in 1s");
    // the event without a value, and the one after it that has nothing to be held against
    assertThat(trial.count("judged", Tally.UNDECIDED)).isEqualTo(2);
    assertThat(trial.count("judged", Tally.JUDGED)).isEqualTo(2);
  }

  private static String level(long at, double level) {
    return "{\"series\":\"s\",\"at\":%d,\"label\":\"a\",\"level\":%s}".formatted(at, level);
  }

  @Test
  void seesThePreviousElementOfAnIdentity() {
    Trial trial =
        Trial.of(
            Frames.STREAM
                + """
                assertion no_jump on camera "nothing jumps" {
                  each b in boxes
                  identity b.track
                  change distance(center(b.area), center(previous.area)) at most 400px per 1s
                  explain "{b.track} moved {value} in {elapsed} from {previous.area.x}"
                }
                """);
    trial.storing();
    trial.judge(Frames.frame(0, box("a", 0), box("b", 0)));
    trial.judge(Frames.frame(100, box("b", 40), box("a", 41)));
    trial.judge(Frames.frame(200, box("a", 41)));
    trial.judge(Frames.frame(300, box("a", 41), box("b", 121)));
    assertThat(trial.violations)
        .extracting(Violation::sentence)
        .containsExactly("a moved 41px in 100ms from 0px", "b moved 81px in 200ms from 40px");
    trial.finish();
    assertThat(trial.count("no_jump", Tally.JUDGED)).isEqualTo(2);
    assertThat(trial.count("no_jump", Tally.VIOLATED)).isEqualTo(2);
  }

  private static String box(String track, double x) {
    return "{\"track\":\"%s\",\"label\":\"car\",\"score\":0.9,\"area\":[%s,10,40,30]}"
        .formatted(track, x);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 300ms, 11111, 0", // there in the first event has not appeared
    "1, 300ms, 01111, 0",
    "1, 300ms, 01000, 1", // it came and went
    "1, 200ms, 01101, 1", // gone at 300 ms, back at 400 ms
    "1, 100ms, 01100, 0",
    "2, 300ms, 01000, 0",
    "1, 300ms, 0101010101, 1", // one episode
    "1, 3 events, 01101, 1",
    "1, 2 events, 01100, 0"
  })
  void countsComingAndGoing(int most, String bound, String seen, int violations) {
    Trial trial =
        Trial.of(
            Frames.STREAM
                + """
                assertion steady on camera {
                  each b in boxes
                  identity b.track
                  transitions at most %d within %s
                }
                """
                    .formatted(most, bound));
    trial.storing();
    trial.judge(Frames.of("a " + seen, "z " + "1".repeat(seen.length())));
    assertThat(trial.found("steady")).hasSize(violations);
  }

  @Test
  void aChangingLabelOfATrackIsOneViolationALife() {
    Trial trial =
        Trial.of(
            Frames.STREAM
                + """
                assertion stable on camera {
                  each b in boxes
                  identity b.track
                  consistent b.label within 500ms
                  explain "{b.track} was called {from} then {to}"
                }
                """);
    trial.storing();
    String car = Frames.box("t", "0.9");
    String van = car.replace("car", "van");
    for (int i = 0; i < 8; i++) {
      trial.judge(Frames.frame(i * 100L, i == 4 ? van : car));
    }
    assertThat(trial.found("stable"))
        .extracting(Violation::sentence)
        .containsExactly("t was called car then van");
    assertThat(trial.found("stable").getFirst().subject()).isEqualTo("t@0");
    trial.finish();
    assertThat(trial.count("stable", Tally.JUDGED)).isEqualTo(1);
  }
}
