package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.repair.PastEvents.Sent;
import org.junit.jupiter.api.Test;

/** What is held until it is replayed is counted whole. */
class ChosenTest {
  @Test
  void bothTheBytesThatCameAndThoseThatTakeTheirPlaceAreHeld() {
    PutAside letter = PastEvents.letter("camera", "av.camera", 0, new Sent("{", 1));

    assertThat(Chosen.untouched(letter).bytes()).isEqualTo(1);
    assertThat(Chosen.edited(letter, new byte[100]).bytes()).isEqualTo(101);
  }
}
