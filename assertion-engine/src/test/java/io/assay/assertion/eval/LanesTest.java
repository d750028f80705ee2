package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two sources, each in two lanes: 0 and 1, 2 and 3. */
class LanesTest {
  private static final long IDLE = 60;

  private final Lanes lanes = new Lanes();

  LanesTest() {
    lanes.expectOnly(4, 2, 0);
    for (int lane = 0; lane < 4; lane++) {
      lanes.hear(lane, 10, 10, true);
    }
  }

  private long clock() {
    return lanes.clock(IDLE);
  }

  @Test
  void theSlowestLaneCounts() {
    lanes.hear(0, 20, 20, true);
    lanes.hear(1, 15, 20, true);
    assertThat(clock()).isEqualTo(10);
    lanes.hear(2, 30, 20, true);
    lanes.hear(3, 30, 20, true);
    assertThat(clock()).isEqualTo(15);
  }

  @Test
  void aSourceThatIsSilentInAllItsLanesHoldsNothing() {
    for (int lane = 0; lane < 4; lane++) {
      lanes.hear(lane, lane < 2 ? 90 : 10, 90, lane < 2);
    }
    assertThat(clock()).isEqualTo(90);
  }

  /** The task of lane 1 ended while its source was silent; then the source spoke in lane 0. */
  @Test
  void aLaneThatNobodyReadsHoldsWhateverItsSourceDidBefore() {
    lanes.hear(0, 10, 80, false);
    lanes.hear(1, 10, 80, false);
    lanes.hear(2, 200, 200, true);
    lanes.hear(3, 200, 200, true);
    assertThat(clock()).isEqualTo(200);
    lanes.hear(0, 210, 210, true);
    assertThat(clock()).isEqualTo(10);
  }

  @Test
  void whereAllAreSilentTimePassesAsFarAsTheLastIsRead() {
    lanes.hear(0, 10, 110, false);
    lanes.hear(1, 10, 120, false);
    lanes.hear(2, 10, 130, false);
    lanes.hear(3, 10, 140, false);
    assertThat(clock()).isEqualTo(110);
  }
}
