package io.assay.web.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down the guessing of passwords: few attempts for a name from an address, and not many from
 * an address for all names. There is no limit for a name alone, as anyone could lock its owner out.
 */
@Component
final class LoginThrottle {
  static final int PER_NAME = 6;
  static final int PER_ADDRESS = 60;
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** Oldest are forgotten first, so that memory stays bounded. */
  private static final int REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Attempts> byNameAndAddress = new LinkedHashMap<>();
  private final Map<String, Attempts> byAddress = new LinkedHashMap<>();

  LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Counts an attempt before it is made, so that many at once do not slip through. */
  synchronized boolean admit(String name, String address) {
    Instant now = clock.instant();
    boolean nameFree = count(byNameAndAddress, name + '\n' + address, now) <= PER_NAME;
    boolean addressFree = count(byAddress, address, now) <= PER_ADDRESS;
    return nameFree && addressFree;
  }

  /** Whoever knew the password starts anew. */
  synchronized void succeeded(String name, String address) {
    byNameAndAddress.remove(name + '\n' + address);
    byAddress.remove(address);
  }

  private static int count(Map<String, Attempts> attempts, String key, Instant now) {
    Attempts before = attempts.remove(key);
    Attempts after =
        before == null || before.since().plus(WINDOW).isBefore(now)
            ? new Attempts(1, now)
            : new Attempts(before.count() + 1, before.since());
    attempts.put(key, after);
    if (attempts.size() > REMEMBERED) {
      attempts.remove(attempts.keySet().iterator().next());
    }
    return after.count();
  }

  private record Attempts(int count, Instant since) {}
}
