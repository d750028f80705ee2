package io.assay.stream.assertions;

import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * How connected streams are judged, apart from their rules.
 *
 * @param keyed whether the topics are keyed already, and alike: all records of one value of the key
 *     field are in one partition, of the same number in each topic. Else they are brought together
 *     through an internal topic a stream.
 * @param partitions of those internal topics
 * @param sources how many partitions each stream's own topic has
 * @param countsEvery how often counts that changed are written
 * @param idleAfter how much longer than a rule allows nothing must have come before time alone
 *     decides: what may be under way so long is waited for
 * @param watched what is known of those topics while they are read
 * @param hotBytes how much state of recently seen keys a task keeps as objects, measured as it is
 *     stored
 * @param truthTasks how many tasks join truth: partitions of the topic where it meets predictions
 * @param budget CPU time that an assertion may take for an event, on average, before it is
 *     suspended
 */
public record JudgeSettings(
    String project,
    Topics topics,
    boolean keyed,
    int partitions,
    Map<String, Integer> sources,
    WatchedSources watched,
    Duration countsEvery,
    Duration idleAfter,
    long hotBytes,
    int truthTasks,
    Duration budget) {
  /** With one task that joins truth. */
  public JudgeSettings(
      String project,
      Topics topics,
      boolean keyed,
      int partitions,
      Map<String, Integer> sources,
      WatchedSources watched,
      Duration countsEvery,
      Duration idleAfter,
      long hotBytes) {
    this(
        project,
        topics,
        keyed,
        partitions,
        sources,
        watched,
        countsEvery,
        idleAfter,
        hotBytes,
        1,
        DEFAULT_BUDGET);
  }

  public JudgeSettings {
    sources = Map.copyOf(sources);
    if (idleAfter.isNegative()) {
      throw new IllegalArgumentException("idle after 0 s or more, got " + idleAfter);
    }
    if (project.isEmpty() || project.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "a project needs a name without '/', got '" + project + "'");
    }
    if (!budget.isPositive()) {
      throw new IllegalArgumentException(
          "an assertion needs more than 0 s of CPU time an event, got " + budget);
    }
    if (truthTasks < 1) {
      throw new IllegalArgumentException("truth needs one task or more, got " + truthTasks);
    }
    if (partitions < 1 || countsEvery.toMillis() < 1 || hotBytes < 0) {
      throw new IllegalArgumentException(
          "judging needs partitions >= 1, counts every 1 ms or more and hot bytes >= 0, got %d, %s and %d"
              .formatted(partitions, countsEvery, hotBytes));
    }
  }

  /**
   * How often it is told how far sources are read: where time decides nothing, it still tells which
   * keys can be forgotten.
   */
  static Duration heartbeats(boolean decidedByTime) {
    return decidedByTime ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
  }

  public static final Duration DEFAULT_IDLE_AFTER = Duration.ofSeconds(2);
  public static final Duration DEFAULT_BUDGET = Duration.ofMillis(1);
  public static final Duration DEFAULT_COUNTS_EVERY = Duration.ofMillis(500);
  public static final long DEFAULT_HOT_BYTES = 16L << 20;
}
