package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import org.junit.jupiter.api.Test;

class FlaggedEventsTest {
  @Test
  void countsEveryEventOfEveryFileAndPartitionOnce() {
    var flagged = new FlaggedEvents();
    long[] lines = {0, 63, 64, 4095, 4096, 1L << 40};

    for (int round = 0; round < 2; round++) {
      for (long line : lines) {
        flagged.add(new Coordinates("a", 0, line));
      }
      flagged.add(new Coordinates("b", 0, 0));
      flagged.add(new Coordinates("a", 1, 0));
    }

    assertThat(flagged.count()).isEqualTo(lines.length + 2);
  }
}
