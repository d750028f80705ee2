package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.labels.Weight.Source;
import io.assay.web.review.ReviewCounts.Kind;
import io.assay.web.votes.VoteResults.Estimated;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProposalWorthTest {
  private final ProposalWorth worth =
      new ProposalWorth(
          Map.of("flicker", new Reviews(3, 1, 5)),
          Map.of(
              new Kind("flicker", "insert"), new Reviews(8, 0, 0),
              new Kind("flicker", "remove"), new Reviews(20, 0, 0)),
          Map.of(
              "flicker",
              estimated("flicker", 0.9),
              "jump",
              estimated("jump", 0.6),
              "agree",
              estimated("agree", 0.9)));

  private static Estimated estimated(String assertion, double share) {
    return new Estimated(
        assertion,
        new Precision.Estimated(share, 100),
        100,
        50,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  @Test
  void aCorrectionCountsOnlyWhenItIsSurelyRight() {
    assertThat(worth.of("flicker", "insert"))
        .as("eight of eight do not suffice")
        .isEqualTo(new Weight(0, Source.REVIEWS));
    assertThat(worth.of("flicker", "remove")).isEqualTo(new Weight(20.5 / 21, Source.REVIEWS));
    assertThat(worth.of("flicker", "set"))
        .as("nobody has looked")
        .isEqualTo(new Weight(0, Source.NONE));
  }

  @Test
  void aFlagCountsAsOftenAsFlagsWereRight() {
    assertThat(worth.of("flicker", "")).isEqualTo(new Weight(3.5 / 5, Source.REVIEWS));
    assertThat(worth.of("appear", "")).isEqualTo(new Weight(0, Source.NONE));
  }

  @Test
  void beforeAnybodyLooksAFlagCountsByTheLabelModelsEstimate() {
    assertThat(worth.of("jump", "")).isEqualTo(new Weight(0.6, Source.ESTIMATED));
  }

  @Test
  void beforeAnybodyLooksTheEstimateOfItsFlagsBoundsACorrection() {
    assertThat(worth.of("agree", "insert")).isEqualTo(new Weight(0.9, Source.ESTIMATED));
    assertThat(worth.of("jump", "insert"))
        .as("the gate asks for four of five, and doubts the estimate")
        .isEqualTo(new Weight(0, Source.ESTIMATED));
  }
}
