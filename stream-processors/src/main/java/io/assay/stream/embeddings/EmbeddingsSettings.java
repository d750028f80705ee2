package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.contract.Topics;
import java.time.Duration;

/**
 * How releases of embeddings are compared, apart from their rules.
 *
 * @param keyed whether the topic is keyed by item already; else its records are brought together
 *     through an internal topic
 * @param sources partitions of the topic
 * @param partitions of the tasks that keep vectors
 * @param quietAfter how long nothing must have come before a release closes that has no marker in
 *     each partition
 * @param countsEvery how often counts that changed are written
 */
public record EmbeddingsSettings(
    String project,
    Topics topics,
    boolean keyed,
    int sources,
    int partitions,
    Duration quietAfter,
    Duration countsEvery) {
  public static final Duration DEFAULT_QUIET_AFTER = Duration.ofMinutes(1);

  /** A precise comparison of longer ones does not fit into a matrix. */
  public static final int MOST_DIMENSIONS = Embeddings.MOST_DIMENSIONS;

  public EmbeddingsSettings {
    if (sources < 1 || partitions < 1 || quietAfter.toMillis() < 1 || countsEvery.toMillis() < 1) {
      throw new IllegalArgumentException(
          "comparing needs partitions >= 1, and to be quiet after and counts every 1 ms or more, got %d, %d, %s and %s"
              .formatted(sources, partitions, quietAfter, countsEvery));
    }
  }

  /** How often those who have nothing to tell say that they are there. */
  Duration aliveEvery() {
    return quietAfter.dividedBy(4);
  }
}
