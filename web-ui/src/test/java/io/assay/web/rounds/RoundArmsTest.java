package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.rounds.RoundArms.Arm;
import io.assay.web.rounds.RoundArms.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundArmsTest {
  @Test
  void labelsAndErrorsAddUpAndTheRandomShareSaysWhatChanceWouldFind() {
    Arm gained = Arm.of("gain", "flicker", 10, 8, 6);
    Map<Long, List<Arm>> arms =
        Map.of(
            1L,
            List.of(gained, Arm.of("random-share", "", 4, 4, 1)),
            3L,
            List.of(Arm.of("uniform", "appear", 8, 8, 2), Arm.of("random-share", "", 6, 0, 0)));
    assertThat(RoundArms.curve(List.of(1L, 2L, 3L), arms))
        .containsExactly(new Step(1, 12, 7, 3.0), new Step(2, 12, 7, 3.0), new Step(3, 20, 9, 5.0));
    assertThat(gained.yield()).isEqualTo(0.75);
    assertThat(Arm.of("gain", "flicker", 3, 0, 0).yield()).isNull();
  }

  @Test
  void withoutARandomShareNothingIsSaidOfChance() {
    Map<Long, List<Arm>> arms = Map.of(1L, List.of(Arm.of("gain", "flicker", 5, 5, 5)));
    assertThat(RoundArms.curve(List.of(1L), arms)).containsExactly(new Step(1, 5, 5, null));
  }
}
