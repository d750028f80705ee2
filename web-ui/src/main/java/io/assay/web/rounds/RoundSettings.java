package io.assay.web.rounds;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rounds of labels are held.
 *
 * @param roundSize items of a round, at most
 * @param fillWithin a round opens once there are as many candidates as it takes, or the oldest has
 *     waited for so long
 * @param openFor a round closes after so long, whatever is left to look at
 * @param reviewers how many people are to look at each item
 * @param history how far back, by event time, episodes are candidates
 * @param automatic whether rounds open and close by themselves; else by hand alone
 */
@ConfigurationProperties("assay.labels")
record RoundSettings(
    @DefaultValue("100") int roundSize,
    @DefaultValue("1h") Duration fillWithin,
    @DefaultValue("7d") Duration openFor,
    @DefaultValue("1") int reviewers,
    @DefaultValue("30d") Duration history,
    @DefaultValue("true") boolean automatic) {
  RoundSettings {
    if (roundSize < 1 || reviewers < 1) {
      throw new IllegalArgumentException(
          "assay.labels needs round-size and reviewers of at least 1, got %d and %d"
              .formatted(roundSize, reviewers));
    }
    if (fillWithin.isNegative() || openFor.isNegative() || !history.isPositive()) {
      throw new IllegalArgumentException(
          "assay.labels needs fill-within and open-for of at least 0 and a history, got %s, %s and %s"
              .formatted(fillWithin, openFor, history));
    }
  }
}
