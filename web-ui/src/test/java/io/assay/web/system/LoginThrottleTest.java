package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource source = now::get;
  private final LoginThrottle throttle = new LoginThrottle(source.withZone(ZoneOffset.UTC));

  @Test
  void refusesANameFromOneAddressButNotFromAnother() {
    attempt("ann", "1.1.1.1", LoginThrottle.PER_NAME);
    assertThat(throttle.admit("ann", "1.1.1.1")).isFalse();
    assertThat(throttle.admit("ann", "2.2.2.2")).isTrue();
    assertThat(throttle.admit("bob", "1.1.1.1")).isTrue();
  }

  @Test
  void refusesAnAddressThatTriesManyNames() {
    for (int i = 0; i < LoginThrottle.PER_ADDRESS; i++) {
      assertThat(throttle.admit("name" + i, "1.1.1.1")).isTrue();
    }
    assertThat(throttle.admit("one-more", "1.1.1.1")).isFalse();
  }

  @Test
  void forgivesAfterTheWindowAndAfterSuccess() {
    attempt("ann", "1.1.1.1", LoginThrottle.PER_NAME + 1);
    now.updateAndGet(time -> time.plus(LoginThrottle.WINDOW).plus(Duration.ofSeconds(1)));
    assertThat(throttle.admit("ann", "1.1.1.1")).isTrue();
    attempt("ann", "1.1.1.1", LoginThrottle.PER_NAME);
    throttle.succeeded("ann", "1.1.1.1");
    assertThat(throttle.admit("ann", "1.1.1.1")).isTrue();
  }

  private void attempt(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.admit(name, address);
    }
  }
}
