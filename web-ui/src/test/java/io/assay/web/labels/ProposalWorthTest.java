package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.review.ReviewCounts.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposalWorthTest {
  private final ProposalWorth worth =
      new ProposalWorth(
          Map.of("flicker", new Reviews(3, 1, 5)),
          Map.of(
              new Kind("flicker", "insert"), new Reviews(8, 0, 0),
              new Kind("flicker", "remove"), new Reviews(20, 0, 0)));

  @Test
  void aCorrectionCountsOnlyWhenItIsSurelyRight() {
    assertThat(worth.of("flicker", "insert")).as("eight of eight do not suffice").isZero();
    assertThat(worth.of("flicker", "remove")).isCloseTo(20.5 / 21, within(1e-12));
    assertThat(worth.of("flicker", "set")).as("nobody has looked").isZero();
  }

  @Test
  void aFlagCountsAsOftenAsFlagsWereRight() {
    assertThat(worth.of("flicker", "")).isCloseTo(3.5 / 5, within(1e-12));
    assertThat(worth.of("appear", "")).isZero();
  }
}
