package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BearerThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final InstantSource source = now::get;
  private final BearerThrottle throttle = new BearerThrottle(source.withZone(ZoneOffset.UTC));

  @Test
  void turnsAnAddressAwayThatShowsBadTokensUntilTheWindowIsOver() {
    fail("1.1.1.1");
    assertThat(throttle.admit("new", "1.1.1.1")).isFalse();
    assertThat(throttle.admit("new", "2.2.2.2")).isTrue();
    now.updateAndGet(time -> time.plus(BearerThrottle.WINDOW).plus(Duration.ofSeconds(1)));
    assertThat(throttle.admit("new", "1.1.1.1")).isTrue();
  }

  @Test
  void doesNotLockOutTheGoodTokensOfTheSameAddress() {
    throttle.passed("good");
    fail("1.1.1.1");
    assertThat(throttle.admit("good", "1.1.1.1")).isTrue();
    throttle.failed("good", "1.1.1.1");
    assertThat(throttle.admit("good", "1.1.1.1")).as("revoked meanwhile").isFalse();
  }

  private void fail(String address) {
    for (int i = 0; i < BearerThrottle.PER_ADDRESS; i++) {
      assertThat(throttle.admit("bad" + i, address)).isTrue();
      throttle.failed("bad" + i, address);
    }
  }
}
