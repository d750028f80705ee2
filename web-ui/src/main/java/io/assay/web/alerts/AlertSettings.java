package io.assay.web.alerts;

import io.assay.assertion.alert.GroupTiming;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When alerts are looked at, and how patient groups are.
 *
 * @param every how long from one look to the next
 * @param lease for so long an instance looks alone; after it another takes over
 * @param groupWait from the first alert of a group until it is told
 * @param groupInterval between two notices of a group
 * @param repeat of a group that fires on, where its route does not say
 * @param mostGroups of a route at once
 * @param history how long changes are remembered
 */
@ConfigurationProperties("assay.alerts")
record AlertSettings(
    @DefaultValue("15s") Duration every,
    @DefaultValue("45s") Duration lease,
    @DefaultValue("30s") Duration groupWait,
    @DefaultValue("5m") Duration groupInterval,
    @DefaultValue("4h") Duration repeat,
    @DefaultValue("8") int mostGroups,
    @DefaultValue("90d") Duration history) {
  AlertSettings {
    if (!every.isPositive() || lease.compareTo(every.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "assay.alerts needs every > 0 and a lease of twice that at least, got %s and %s"
              .formatted(every, lease));
    }
    if (!history.isPositive()) {
      throw new IllegalArgumentException("assay.alerts needs a history, got " + history);
    }
  }

  GroupTiming timing() {
    return new GroupTiming(groupWait, groupInterval, repeat, mostGroups);
  }

  /** When nobody has looked for so long, something is in the way. */
  Duration late() {
    return lease.plus(longestGap());
  }

  /** Of a longer gap nobody knows what was in it: two looks may be missed. */
  Duration longestGap() {
    return every.multipliedBy(3);
  }
}
