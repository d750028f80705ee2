package io.assay.assertion.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Events in any order, split over any partials, merged in any order, through bytes and back. */
final class Splits {
  private Splits() {}

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  /** Holds if every way gives the very bytes of one pass; returns what one pass gave. */
  static <S extends Mergeable<S>> S agree(
      long seed, Supplier<S> fresh, Function<byte[], S> read, List<Consumer<S>> events) {
    S onePass = fresh.get();
    events.forEach(event -> event.accept(onePass));
    var random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      List<Consumer<S>> mixed = new ArrayList<>(events);
      Collections.shuffle(mixed, random);
      List<S> partials = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(6); i++) {
        partials.add(fresh.get());
      }
      for (Consumer<S> event : mixed) {
        int which = random.nextInt(partials.size());
        event.accept(partials.get(which));
        if (random.nextInt(50) == 0) {
          partials.set(which, read.apply(partials.get(which).toBytes()));
        }
      }
      while (partials.size() > 1) {
        S taken = partials.remove(random.nextInt(partials.size()));
        partials.get(random.nextInt(partials.size())).merge(taken);
      }
      assertThat(partials.getFirst().toBytes()).isEqualTo(onePass.toBytes());
      assertThat(read.apply(onePass.toBytes()).toBytes()).isEqualTo(onePass.toBytes());
    }
    return onePass;
  }
}
