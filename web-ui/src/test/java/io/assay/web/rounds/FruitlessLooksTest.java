package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FruitlessLooksTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aProjectInWhichNothingMayBeProposedRestsForAWhile() {
    var looks = new FruitlessLooks();
    assertThat(looks.isTooSoon("default", NOON)).isFalse();
    looks.foundNothing("default", NOON);
    assertThat(looks.isTooSoon("default", NOON.plusSeconds(30))).isTrue();
    assertThat(looks.isTooSoon("other", NOON.plusSeconds(30))).isFalse();
    assertThat(looks.isTooSoon("default", NOON.plus(FruitlessLooks.PAUSE))).isFalse();
  }

  @Test
  void whatIsFoundByHandEndsTheRest() {
    var looks = new FruitlessLooks();
    looks.foundNothing("default", NOON);
    looks.foundSomething("default");
    assertThat(looks.isTooSoon("default", NOON.plusSeconds(1))).isFalse();
  }
}
