package io.assay.assertion.selection;

import java.util.List;
import java.util.Map;

/**
 * What one round chooses from.
 *
 * @param number from 0; in round 0 the bandit knows no gain and draws from each assertion alike
 * @param budget picks, at most
 * @param candidates in an order of the caller's, which is part of the input: it breaks ties
 * @param earlier what other rounds have picked: it is not picked again, and limits and the guard
 *     know of it
 * @param before how often each assertion fired when the last round was chosen
 * @param now how often it fires now; an assertion without either has gained nothing
 */
public record Round(
    int number,
    int budget,
    List<Candidate> candidates,
    List<Candidate> earlier,
    Map<String, Firing> before,
    Map<String, Firing> now) {
  public Round {
    candidates = List.copyOf(candidates);
    earlier = List.copyOf(earlier);
    before = Map.copyOf(before);
    now = Map.copyOf(now);
    if (number < 0 || budget < 0) {
      throw new IllegalArgumentException(
          "a round needs a number and a budget of at least 0, got number=%d budget=%d"
              .formatted(number, budget));
    }
  }

  /** The first round of all. */
  public static Round first(int budget, List<Candidate> candidates) {
    return new Round(0, budget, candidates, List.of(), Map.of(), Map.of());
  }
}
