package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.number;
import static io.assay.assertion.eval.term.Evaluated.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void equalSharesHaveTheMostEntropy() {
    assertThat(number("entropy({\"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1})"))
        .isEqualTo(2, within(1e-12));
    assertThat(number("entropy({\"a\": 3.0, \"b\": 0.0})")).isZero();
    assertThat(number("entropy({\"a\": -0.5, \"b\": 0.5})")).isEqualTo(1, within(1e-12));
  }

  @Test
  void theTopShareGrowsToTheWhole() {
    String map = "{\"a\": 0.6, \"b\": -0.3, \"c\": 0.1}";
    assertThat(number("top_share(%s, 0)".formatted(map))).isZero();
    assertThat(number("top_share(%s, 1)".formatted(map))).isEqualTo(0.6, within(1e-12));
    assertThat(number("top_share(%s, 2)".formatted(map))).isEqualTo(0.9, within(1e-12));
    assertThat(number("top_share(%s, 9)".formatted(map))).isEqualTo(1);
  }

  @Test
  void nothingHasNoShares() {
    assertThat(reason("entropy({\"a\": 0.0})")).isEqualTo("there is nothing to share");
    assertThat(reason("top_share({\"a\": 0.0 / 0.0}, 1)"))
        .isEqualTo("values that are no finite numbers have no shares");
    assertThat(issue("entropy({\"a\": \"b\"})"))
        .isEqualTo("entropy takes (map to numbers), got (map<string, string>)");
  }
}
