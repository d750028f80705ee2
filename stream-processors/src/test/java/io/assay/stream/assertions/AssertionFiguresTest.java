package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionFiguresTest {
  @TempDir private Path folder;

  @Test
  void verdictsAreToldOnceASecondAndTimeOfOneEventInSixtyFour() {
    var rules =
        RulesByHand.compiled(
            """
            language 1
            stream camera from topic "av.camera" {
              key   vehicle  string
              time  at       timestamp(millis)
              boxes          list { score double? }
            }
            assertion young on camera {
              expect size(boxes) < 2
              mode active
            }
            """);
    try (var run = new TopologyRun(rules, rules.streams().getFirst(), false, folder)) {
      for (int number = 0; number < 130; number++) {
        run.send(Camera.frame(number));
      }
      run.pass(Duration.ofSeconds(1));
      AssertionFigures young = Objects.requireNonNull(run.figures.assertions().get("young"));
      assertThat(young.of(Tally.SEEN)).isEqualTo(130);
      assertThat(young.of(Tally.HELD) + young.of(Tally.VIOLATED) + young.of(Tally.UNDECIDED))
          .isEqualTo(130);
      assertThat(young.measured()).isEqualTo(2);
      assertThat(young.nanos()).isPositive();
      assertThat(run.figures.assertions()).containsKey(CheckedAssertion.SCHEMA);
    }
  }

  @Test
  void whatIsJudgedBeginsWithZeroAndWhatIsNoMoreGoes() {
    var figures = new Figures("camera");
    figures.judging(Set.of("young", "old"));
    figures.counted("young", Tally.HELD, 3);
    assertThat(Objects.requireNonNull(figures.assertions().get("old")).of(Tally.HELD)).isZero();
    figures.judging(Set.of("young"));
    assertThat(figures.assertions()).containsOnlyKeys("young");
    assertThat(Objects.requireNonNull(figures.assertions().get("young")).of(Tally.HELD))
        .isEqualTo(3);
  }
}
