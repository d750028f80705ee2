package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptKeysTest {
  private static final String RULES =
      Frames.STREAM
          + """
          assertion gone on camera { each b in boxes identity b.track absent less than 500ms }
          assertion steady on camera { each b in boxes identity b.track
            consistent b.label within 2s }
          """;

  private static String frame(String key, int frame) {
    String label = frame % 7 == 2 ? "van" : "car";
    String boxes =
        frame % 5 == 3
            ? ""
            : "{\"track\":\"t\",\"label\":\"%s\",\"score\":0.9,\"area\":[%d,0,40,30]}"
                .formatted(label, frame);
    return "{\"vehicle\":\"%s\",\"at\":%d,\"boxes\":[%s]}".formatted(key, frame * 100, boxes);
  }

  /** Ten keys in turn. */
  private static List<String> found(int mostObjects) {
    Trial trial = Trial.of(RULES);
    GroupJudge judge = GroupJudge.of(trial.rules, List.of(trial.stream), "default");
    KeptKeys kept = new KeptKeys(judge, mostObjects);
    for (int i = 0; i < 400; i++) {
      Event event = trial.event(frame("v" + i % 10, i / 10), Long.MIN_VALUE);
      judge.judge(kept.of(event.key()), event, trial);
    }
    assertThat(kept.size()).isEqualTo(10);
    for (int key = 0; key < 10; key++) {
      judge.finish(kept.remove("v" + key), trial);
    }
    assertThat(kept.size()).isZero();
    List<String> found = new ArrayList<>();
    trial.violations.forEach((Violation one) -> found.add(one.id() + " " + one.events()));
    found.add(trial.counts.toString());
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9})
  void judgesTheSameWhetherAStateIsAnObjectOrBytes(int mostObjects) {
    assertThat(found(mostObjects)).isEqualTo(found(10)).hasSizeGreaterThan(50);
  }

  @Test
  void keepsTheObjectsOfTheKeysJudgedLast() {
    Trial trial = Trial.of(RULES);
    GroupJudge judge = GroupJudge.of(trial.rules, List.of(trial.stream), "default");
    KeptKeys kept = new KeptKeys(judge, 2);
    GroupState first = kept.of("a");
    kept.of("b");
    assertThat(kept.of("a")).isSameAs(first);
    kept.of("c");
    assertThat(kept.of("a")).isSameAs(first);
    kept.of("b");
    kept.of("c");
    assertThat(kept.of("a")).isNotSameAs(first);
  }
}
