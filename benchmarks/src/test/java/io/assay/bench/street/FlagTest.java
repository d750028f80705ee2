package io.assay.bench.street;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.bench.street.Flag.Subject;
import io.assay.simulate.KnownError;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagTest {
  private static final KnownError DROPOUT =
      new KnownError(
          "dropout", Set.of("t7"), OptionalInt.of(3), 1000, 1200, Set.of("flicker", "agree"), "{}");

  private static Flag flicker(String track, long from, long to) {
    return new Flag("flicker", new Subject.Track(track), from, to);
  }

  @Test
  void isRightWhereAnErrorOfItsSubjectOverlapsItsSpan() {
    assertThat(flicker("t7", 1000, 1200).isRight(DROPOUT)).isTrue();
    assertThat(flicker("t7", 1300, 1500).isRight(DROPOUT)).as("the frame after it").isTrue();
    assertThat(flicker("t7", 1400, 1500).isRight(DROPOUT)).isFalse();
    assertThat(flicker("t7", 500, 800).isRight(DROPOUT)).isFalse();
    assertThat(flicker("t8", 1000, 1200).isRight(DROPOUT)).isFalse();
  }

  @Test
  void isWrongWhereTheErrorCannotBeSeenByTheAssertion() {
    assertThat(new Flag("no_jump", new Subject.Track("t7"), 1000, 1200).isRight(DROPOUT)).isFalse();
  }

  @Test
  void knowsARoadUserByItsNumber() {
    assertThat(new Flag("agree", new Subject.RoadUser(3), 1100, 1100).isRight(DROPOUT)).isTrue();
    assertThat(new Flag("agree", new Subject.RoadUser(4), 1100, 1100).isRight(DROPOUT)).isFalse();
  }

  @Test
  void countsWhatCouldHaveBeenFlagged() {
    var drive =
        new Drive(
            "",
            "",
            List.of(DROPOUT),
            Map.of(900L, List.of("t7"), 1100L, List.of("t8", ""), 1300L, List.of("t7")),
            Map.of(1112L, List.of(3)));

    assertThat(Possible.flags("flicker", drive))
        .containsExactlyInAnyOrder(
            flicker("t7", 900, 900),
            flicker("t7", 1100, 1100),
            flicker("t7", 1300, 1300),
            flicker("t8", 1100, 1100));
    assertThat(Possible.flags("agree", drive)).hasSize(5);
    assertThat(Possible.flags("multibox", drive)).hasSize(3);
    Score score = Score.of("flicker", List.of(flicker("t7", 1100, 1100)), drive);
    assertThat(score).isEqualTo(new Score(1, 1, 1, 1, 4, 3));
    assertThat(score.lift()).isEqualTo(4.0 / 3);
  }
}
