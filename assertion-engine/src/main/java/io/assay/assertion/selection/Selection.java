package io.assay.assertion.selection;

import java.util.List;
import java.util.Map;

/**
 * What a round has chosen.
 *
 * @param picks in the order in which they were drawn
 * @param gains by assertion, in 0 .. 1: by what share it fires less often than a round before
 * @param fellBack whether the bandit found no gain
 * @param unfilled how much of the budget was left, for want of candidates that limits and guard let
 *     through
 */
public record Selection(
    List<Pick> picks, Map<String, Double> gains, boolean fellBack, int unfilled) {
  public Selection {
    picks = List.copyOf(picks);
    gains = Map.copyOf(gains);
  }
}
