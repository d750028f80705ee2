package io.assay.assertion.selection;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rounds are chosen: a strategy and what stands around it.
 *
 * @param randomShare of a budget, in 0 .. 1, drawn from all alike, flagged or not, before anything
 *     else and without a guard: it estimates what the rules miss
 * @param perDay picks a day of event time (UTC), of all assertions, earlier rounds' included; null:
 *     no limit
 * @param stratify whether slices take turns, the one with the fewest picks first
 * @param terms by assertion; those not named have {@link Terms#NONE}
 * @param seed of all rounds; each round's draws are its own
 */
public record Plan(
    Strategy strategy,
    double randomShare,
    Diversity diversity,
    @Nullable Integer perDay,
    boolean stratify,
    Map<String, Terms> terms,
    long seed) {
  public Plan {
    terms = Map.copyOf(terms);
    if (!(randomShare >= 0 && randomShare <= 1) || (perDay != null && perDay < 0)) {
      throw new IllegalArgumentException(
          "a plan needs a share in 0 .. 1 and a limit >= 0, got randomShare=%s perDay=%s"
              .formatted(randomShare, perDay));
    }
  }

  /**
   * What is done where nobody says otherwise: the bandit, falling back to what the model is least
   * sure of, guarded. One default for all data; docs/active-learning.md says what was tried.
   */
  public static Plan usual(long seed) {
    return guarded(
        Strategy.Bandit.fallingBackTo(
            new Strategy.Uncertain(Strategy.Measure.LEAST_CONFIDENT, Strategy.From.ALL)),
        seed);
  }

  /** A strategy with a quarter at random of all, and subjects half an hour apart. */
  public static Plan guarded(Strategy strategy, long seed) {
    return new Plan(
        strategy, 0.25, new Diversity(Duration.ofMinutes(30), 8), null, false, Map.of(), seed);
  }

  /** A strategy by itself, as in its paper. */
  public static Plan plain(Strategy strategy, long seed) {
    return new Plan(strategy, 0, Diversity.NONE, null, false, Map.of(), seed);
  }

  Terms termsOf(String assertion) {
    return terms.getOrDefault(assertion, Terms.NONE);
  }
}
