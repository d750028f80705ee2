package io.assay.web.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns away an address that shows many bad tokens, before they are looked up. Tokens that were
 * good are let through: one broken program must not lock out the others behind the same proxy.
 */
final class BearerThrottle {
  static final int PER_ADDRESS = 60;
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Oldest are forgotten first, so that memory stays bounded. */
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  /** By the text's hash code; guessing one opens nothing, the token is looked up all the same. */
  private final Map<Integer, Boolean> good = new LinkedHashMap<>();

  BearerThrottle(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean admit(String token, String address) {
    Failures so = failures.get(address);
    return so == null
        || so.count() < PER_ADDRESS
        || so.since().plus(WINDOW).isBefore(clock.instant())
        || good.containsKey(token.hashCode());
  }

  synchronized void passed(String token) {
    if (good.put(token.hashCode(), true) == null) {
      bound(good);
    }
  }

  synchronized void failed(String token, String address) {
    good.remove(token.hashCode());
    Instant now = clock.instant();
    Failures before = failures.remove(address);
    failures.put(
        address,
        before == null || before.since().plus(WINDOW).isBefore(now)
            ? new Failures(1, now)
            : new Failures(before.count() + 1, before.since()));
    bound(failures);
  }

  private static void bound(Map<?, ?> remembered) {
    if (remembered.size() > REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }

  private record Failures(int count, Instant since) {}
}
