package io.assay.web.backtests;

import io.assay.stream.contract.RuleContent;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be judged.
 *
 * @param file whose assertions are looked at
 * @param draft the rules as they would be; they compile
 * @param inForce the rules as they are; none where there are none
 * @param base the generation of those in force, 0 for none
 * @param from event time; {@code to}: before this
 * @param by who asks
 * @param sweep where one assertion of the draft is judged with several thresholds, and nothing is
 *     compared
 */
public record BacktestAsked(
    String project,
    String file,
    RuleContent draft,
    Optional<RuleContent> inForce,
    long base,
    Instant from,
    Instant to,
    String by,
    Optional<SweepPlan> sweep) {
  public BacktestAsked {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a range needs a beginning before its end, got %s and %s".formatted(from, to));
    }
  }

  /** Of a draft, beside the rules in force. */
  public BacktestAsked(
      String project,
      String file,
      RuleContent draft,
      Optional<RuleContent> inForce,
      long base,
      Instant from,
      Instant to,
      String by) {
    this(project, file, draft, inForce, base, from, to, by, Optional.empty());
  }
}
