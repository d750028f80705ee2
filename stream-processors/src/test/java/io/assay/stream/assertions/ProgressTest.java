package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress();

  @Test
  void theClockCountsWhereNothingCameAndNothingIsLeft() {
    progress.read(1_000);
    assertThat(progress.look(5_000, true)).isEqualTo(1_000);
    assertThat(progress.look(6_000, true)).isEqualTo(6_000);
  }

  /** A backlog of an hour that is not read for a while does not make an hour pass. */
  @Test
  void whileAnythingIsLeftToBeReadTimeIsThatOfTheLastRecord() {
    assertThat(progress.look(3_600_000, false)).isEqualTo(Long.MIN_VALUE);
    assertThat(progress.look(3_601_000, false)).isEqualTo(Long.MIN_VALUE);
    progress.read(1_000);
    assertThat(progress.look(3_602_000, false)).isEqualTo(1_000);
    assertThat(progress.look(3_603_000, false)).isEqualTo(1_000);
    progress.read(2_000);
    assertThat(progress.look(3_604_000, true)).isEqualTo(2_000);
    assertThat(progress.look(3_605_000, true)).isEqualTo(3_605_000);
  }
}
