package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlaggedEventsTest {
  @Test
  void countsEveryLineOfEveryFileOnce() {
    var flagged = new FlaggedEvents();
    long[] lines = {0, 63, 64, 4095, 4096, 1L << 40};

    for (int round = 0; round < 2; round++) {
      for (long line : lines) {
        flagged.add("a", line);
      }
      flagged.add("b", 0);
    }

    assertThat(flagged.count()).isEqualTo(lines.length + 1);
  }
}
