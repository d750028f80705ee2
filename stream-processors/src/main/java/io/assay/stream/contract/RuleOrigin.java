package io.assay.stream.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who published rules, when, and where these come from.
 *
 * @param place the folder or address, for people; empty where there is none to name
 * @param version what the place calls this state: a commit; empty where it has no name
 * @param actor an account, or the service that watches the folder
 * @param at to the millisecond
 */
public record RuleOrigin(RuleHome home, String place, String version, String actor, Instant at) {
  public RuleOrigin {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
