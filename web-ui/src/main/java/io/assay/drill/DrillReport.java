package io.assay.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a drill came to.
 *
 * @param events sent
 * @param inTopic records that are in the topic, one more for each key
 * @param violations that the backtest of the topic finds
 * @param found what differs from the backtest, each a sentence; none where all arrived once
 * @param calm without any fault
 * @param suffered each fault, in order
 * @param stops how long each processor took to stop when it was asked to
 */
public record DrillReport(
    long events,
    long inTopic,
    long violations,
    List<String> found,
    Suffered calm,
    List<Suffered> suffered,
    List<Duration> stops,
    Duration took) {
  public DrillReport {
    found = List.copyOf(found);
    suffered = List.copyOf(suffered);
    stops = List.copyOf(stops);
  }

  /**
   * What a fault did.
   *
   * @param fault none for the time before the first
   * @param output longest time in which a task committed nothing
   * @param rows longest time in which nothing was stored in the database
   */
  public record Suffered(int round, Optional<Fault> fault, Duration output, Duration rows) {}

  public boolean passed() {
    return found.isEmpty();
  }

  /** Downtimes of one fault, shortest first. */
  public List<Duration> outputGaps(Fault fault) {
    return gaps(fault, true);
  }

  public List<Duration> rowGaps(Fault fault) {
    return gaps(fault, false);
  }

  private List<Duration> gaps(Fault fault, boolean output) {
    var gaps = new ArrayList<Duration>();
    for (Suffered one : suffered) {
      if (one.fault().equals(Optional.of(fault))) {
        gaps.add(output ? one.output() : one.rows());
      }
    }
    gaps.sort(null);
    return gaps;
  }
}
