package io.assay.assertion.alert;

import java.time.Duration;

/**
 * When groups are told, as Alertmanager has it.
 *
 * @param delay from the first alert of a group until it is told, so that others may join
 * @param interval between two notices of a group, whatever changes
 * @param repeat of a group in which nothing changes, where its route does not say
 * @param mostGroups of a route at once; further alerts share one group, so that no storm is more
 *     notices than a person reads
 */
public record GroupTiming(Duration delay, Duration interval, Duration repeat, int mostGroups) {
  public static final GroupTiming USUAL =
      new GroupTiming(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4), 8);

  public GroupTiming {
    if (delay.isNegative() || interval.isNegative() || !repeat.isPositive() || mostGroups < 1) {
      throw new IllegalArgumentException(
          "groups need delay >= 0, interval >= 0, repeat > 0 and a group, got %s, %s, %s and %d"
              .formatted(delay, interval, repeat, mostGroups));
    }
  }
}
