package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final String STREAM =
      """
      language 1
      stream s from topic "t" {
        key k string
        time at timestamp(millis)
        moving bool?
      }
      """;

  private static final String RULES =
      STREAM
          + """
          assertion alive on s "it speaks" {
            silence at most 500ms
            severity silent / 1s
            explain "{k}: {silent}"
          }
          """;

  private static String event(long at) {
    return event(at, "true");
  }

  private static String event(long at, String moving) {
    return "{\"k\":\"a\",\"at\":%d,\"moving\":%s}".formatted(at, moving);
  }

  @Test
  void isFoundWhereNothingComesForLongerThanT() {
    Trial trial = Trial.of(RULES).judge(event(1000), event(1500), event(2001), event(2100));
    assertThat(trial.violations).hasSize(1);
    Violation found = trial.violations.getFirst();
    assertThat(found.from()).isEqualTo(1_500_000_000L);
    assertThat(found.at()).isEqualTo(2_000_000_000L);
    assertThat(found.to()).isEqualTo(2_000_000_000L);
    assertThat(found.severity()).isEqualTo(0.5);
    assertThat(found.sentence()).isEqualTo("a: 500ms");
    assertThat(found.spanEvents())
        .extracting(Violation.EventReference::at)
        .containsExactly(1_500_000_000L);
    assertThat(found.decidingEvent()).isEqualTo(found.spanEvents().getFirst().id());
    assertThat(trial.count("alive", Tally.SEEN)).isEqualTo(4);
    assertThat(trial.count("alive", Tally.JUDGED)).isEqualTo(3);
    assertThat(trial.count("alive", Tally.HELD)).isEqualTo(2);
    assertThat(trial.count("alive", Tally.VIOLATED)).isEqualTo(1);
  }

  @Test
  void isTheSameWhetherTheNextEventTellsOrTimeThatPasses() {
    Trial told = Trial.of(RULES).judge(event(1000), event(4000), event(4100), event(9000));
    Trial ticked = Trial.of(RULES).storing().judge(event(1000));
    ticked.tick("a", 1500);
    assertThat(ticked.violations).isEmpty();
    ticked.tick("a", 1501).tick("a", 2600);
    assertThat(ticked.violations).hasSize(1);
    ticked.judge(event(4000), event(4100)).tick("a", 7000).judge(event(9000));
    assertThat(withoutSources(ticked)).isEqualTo(withoutSources(told)).hasSize(2);
    assertThat(ticked.counts).isEqualTo(told.counts);
  }

  @Test
  void isNotFoundAtTheEndOfARecording() {
    assertThat(Trial.of(RULES).judge(event(1000)).finish().violations).isEmpty();
  }

  @Test
  void anEventThatDoesNotPassBeginsNoStretchButEndsOne() {
    String moving = RULES.replace("silence at most", "where moving silence at most");
    Trial trial = Trial.of(moving);
    trial.judge(event(1000), event(1400, "false"), event(5000), event(9000, "false"));
    assertThat(trial.violations).extracting(Violation::at).containsExactly(5_500_000_000L);
    trial.judge(event(10_000, "null"), event(20_000));
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.count("alive", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void waitsForThoseThatMayStillCome() {
    Trial trial = Trial.of(RULES.replace("key k", "lateness 1s\nkey k"));
    trial.judge(event(1000)).tick("a", 2500);
    assertThat(trial.violations).isEmpty();
    trial.judge(event(1500), event(2000), event(2400)).tick("a", 3900);
    assertThat(trial.violations).isEmpty();
    trial.tick("a", 3901);
    assertThat(trial.violations).extracting(Violation::at).containsExactly(2_900_000_000L);
    assertThat(trial.late).isEmpty();
  }

  @Test
  void overTheStreamAnEventOfAnyKeyEndsIt() {
    Trial trial = Trial.of(RULES.replace("at most 500ms", "at most 500ms over stream"));
    trial.judge(event(1000), event(3000));
    assertThat(trial.violations).isEmpty();
    OverStream whole = OverStream.of(trial.rules, trial.stream, "default").orElseThrow();
    for (String text :
        List.of(event(1000), event(1400).replace("\"a\"", "\"b\""), event(1900), event(2500))) {
      whole.judge(trial.event(text, Long.MIN_VALUE), trial);
    }
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.violations.getFirst().key()).isEmpty();
    assertThat(trial.violations.getFirst().at()).isEqualTo(2_400_000_000L);
  }

  @Test
  void aKeyIsSaidToBeSilentUntilItSpeaks() {
    Trial trial = Trial.of(RULES).storing();
    trial.judgeReceived(91_000, event(1000)).judgeReceived(91_400, event(1400)).tick("a", 1901);
    assertThat(trial.voices).containsExactly("a speaks at 1000", "a silent at 1900 since 91900");
    trial.tick("a", 60_000).judge(event(70_000), event(70_500));
    assertThat(trial.voices).endsWith("a speaks at 70000").hasSize(3);
  }

  @Test
  void anEpisodeOfSilencesIsSaidToBeOne() {
    Trial trial = Trial.of(RULES).storing();
    trial.judge(event(1000)).tick("a", 1501).judge(event(1502)).tick("a", 2003);
    assertThat(trial.violations).hasSize(2);
    assertThat(trial.voices).contains("a silent at 2002 since 2002");
  }

  @Test
  void whatTheNextEventTellsWasNeverSilent() {
    Trial trial = Trial.of(RULES).judge(event(1000), event(4000));
    assertThat(trial.violations).hasSize(1);
    assertThat(trial.voices).containsExactly("a speaks at 1000", "a speaks at 4000");
  }

  @Test
  void nothingIsSaidOfAKeyThatKeepsSpeaking() {
    Trial trial = Trial.of(RULES).storing();
    for (int i = 1; i < 100; i++) {
      trial.judge(event(i * 500L)).tick("a", i * 500L + 400);
    }
    assertThat(trial.voices).containsExactly("a speaks at 500");
  }

  @Test
  void anEventThatDoesNotPassSpeaksToo() {
    Trial trial = Trial.of(RULES.replace("silence at most", "where moving silence at most"));
    trial.judge(event(1000)).tick("a", 1501).judge(event(4000, "false")).tick("a", 9000);
    assertThat(trial.voices)
        .containsExactly("a speaks at 1000", "a silent at 1500 since 1500", "a speaks at 4000");
  }

  @Test
  void whatComesTooLateEndsNoSilence() {
    Trial trial = Trial.of(RULES).judge(event(1000)).tick("a", 1501).judge(event(1400));
    assertThat(trial.late).hasSize(1);
    assertThat(trial.voices).endsWith("a silent at 1500 since 1500");
  }

  private static List<String> withoutSources(Trial trial) {
    return trial.violations.stream()
        .map(violation -> violation.toString().replaceAll("Coordinates\\[[^]]*]", ""))
        .toList();
  }
}
