package io.assay.stream.assertions;

import io.assay.stream.contract.Topics;
import java.time.Duration;

/**
 * How a stream is judged, apart from its rules.
 *
 * @param keyed whether the topic is keyed already: all records of one value of the stream's key
 *     field are in one partition. Else they are brought together through an internal topic.
 * @param partitions of that internal topic
 * @param countsEvery how often counts that changed are written
 * @param hotBytes how much state of recently seen keys a task keeps as objects, measured as it is
 *     stored
 */
public record JudgeSettings(
    String project,
    Topics topics,
    boolean keyed,
    int partitions,
    Duration countsEvery,
    long hotBytes) {
  public JudgeSettings {
    if (project.isEmpty() || project.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "a project needs a name without '/', got '" + project + "'");
    }
    if (partitions < 1 || countsEvery.toMillis() < 1 || hotBytes < 0) {
      throw new IllegalArgumentException(
          "judging needs partitions >= 1, counts every 1 ms or more and hot bytes >= 0, got %d, %s and %d"
              .formatted(partitions, countsEvery, hotBytes));
    }
  }

  public static final Duration DEFAULT_COUNTS_EVERY = Duration.ofSeconds(1);
  public static final long DEFAULT_HOT_BYTES = 16L << 20;
}
