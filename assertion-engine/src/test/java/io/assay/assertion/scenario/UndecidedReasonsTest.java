package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndecidedReasonsTest {
  private final UndecidedReasons reasons = new UndecidedReasons();

  @Test
  void thoseThatDifferInNumbersAreOneAndTheMostFrequentIsFirst() {
    reasons.add(1, "score is missing");
    reasons.add(2, "needs at least 30 events, got 7");
    reasons.add(3, "needs at least 30 events, got 1,200.5");
    assertThat(reasons.all())
        .containsExactly(
            new WhyUndecided("needs at least 30 events, got 7", 2, 2),
            new WhyUndecided("score is missing", 1, 1));
  }

  @Test
  void moreThanTwentyAreNotKeptApart() {
    for (char letter = 'a'; letter <= 'z'; letter++) {
      reasons.add(letter, letter + " is missing");
    }
    reasons.add(200, "a is missing");
    assertThat(reasons.all())
        .hasSize(21)
        .startsWith(
            new WhyUndecided("other reasons", 6, 'u'), new WhyUndecided("a is missing", 2, 'a'));
  }
}
