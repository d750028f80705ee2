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
  /** Judging counts in nanoseconds since 1970, of which a long has 292 years either way. */
  private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

  public BacktestAsked {
    requireRange(from, to);
  }

  /**
   * Whether events may be of it.
   *
   * @throws IllegalArgumentException where its end is not behind its beginning, or one of them is
   *     beyond what event times can be
   */
  public static void requireRange(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a range needs a beginning before its end, got %s and %s".formatted(from, to));
    }
    if (from.isBefore(EARLIEST) || to.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "a range needs times from %s to %s, got %s and %s".formatted(EARLIEST, LATEST, from, to));
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
