package io.assay.web.backtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.assay.assertion.rule.MovableLimit;
import io.assay.assertion.rule.MovableLimits;
import io.assay.assertion.rule.SourceFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
  private static MovableLimit limit(String condition) {
    String text =
        """
        language 1
        stream s from topic "s" {
          key  k  string
          time at timestamp(millis)
          x       int
          y       double
        }
        assertion a on s "it is so" { expect %s }
        """
            .formatted(condition);
    return MovableLimits.of(List.of(new SourceFile("a", text)), Set.of(), "a").getFirst();
  }

  private static List<String> values(String condition, String low, String high, int steps) {
    return SweepPlan.of("a", limit(condition), new BigDecimal(low), new BigDecimal(high), steps)
        .values()
        .stream()
        .map(BigDecimal::toPlainString)
        .toList();
  }

  @Test
  void bothEndsAndTheActiveOneAreTried() {
    assertThat(values("y <= 0.5", "0", "1", 5)).containsExactly("0", "0.25", "0.5", "0.75", "1");
    assertThat(values("y <= 0.4", "0", "1", 5)).containsExactly("0", "0.25", "0.4", "0.75", "1");
    assertThat(values("y <= 5.0", "0", "1", 5))
        .as("the active one lies outside")
        .containsExactly("0", "0.333333", "0.666667", "1", "5");
    assertThat(values("y <= 0.5", "0", "1", 20)).hasSize(20).contains("0.5", "0", "1");
  }

  @Test
  void wholeNumbersStayWholeAndMayBeFewer() {
    assertThat(values("x <= 3", "1", "4", 20)).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values("x <= 3", "4", "4", 5))
        .withMessageContaining("lower end below its upper end, got 4 and 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values("x <= 3", "1", "4", 21))
        .withMessageContaining("needs 2 .. 20, got 21");
  }
}
