package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShareTest {
  static LongStream seeds() {
    return Splits.seeds();
  }

  @Test
  void leavesTheMissingOutOfTheShareAndCountsThemByThemselves() {
    var share = new Share();
    share.add(true);
    share.add(false);
    share.add(true);
    share.addMissing();

    assertThat(share.share()).hasValue(2.0 / 3);
    assertThat(share.missingRate()).hasValue(0.25);
    assertThat(new Share().share()).isEmpty();
    assertThat(new Share().missingRate()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isTheSameInAnyOrderAndSplit(long seed) {
    var random = new Random(seed);
    List<Consumer<Share>> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean holds = random.nextBoolean();
      events.add(random.nextInt(9) == 0 ? Share::addMissing : share -> share.add(holds));
    }

    Share share = Splits.agree(seed, Share::new, Share::read, events);

    assertThat(share.told() + share.missing()).isEqualTo(300);
  }

  @Test
  void refusesMoreThatHeldThanWereTold() {
    byte[] bytes = {1, 3, 2, 0};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Share.read(bytes))
        .withMessage("a share needs no more that held than were told at byte 4 of 4");
  }
}
