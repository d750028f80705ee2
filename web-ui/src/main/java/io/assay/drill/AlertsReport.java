package io.assay.drill;

import java.time.Duration;
import java.util.List;

/**
 * What a drill of alerts came to.
 *
 * @param changes of conditions; each is one in the history, and told once
 * @param transitions in the history
 * @param notices written
 * @param deliveries of them, one for each target
 * @param superseded of these, by a later one that says more
 * @param attempts over HTTP that reached the receiver
 * @param again how often a delivery was taken that had been taken before, under the same id
 * @param takeovers how often another instance came to look
 * @param longest from a kill until somebody looked again
 * @param found what is wrong, each a sentence
 */
public record AlertsReport(
    int alerts,
    int kills,
    long changes,
    long transitions,
    long notices,
    long deliveries,
    long superseded,
    long attempts,
    long again,
    long takeovers,
    Duration longest,
    List<String> found,
    Duration took) {
  public AlertsReport {
    found = List.copyOf(found);
  }

  public boolean passed() {
    return found.isEmpty();
  }
}
