package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

final class HeldBackTest {
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("held"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  private Set<String> sure = Set.of();

  HeldBackTest() {
    var context = new MockProcessorContext<byte[], byte[]>();
    store.init(context.getStateStoreContext(), store);
  }

  /** Those that wait stand between those that go, wherever they are kept. */
  @Test
  void aStreamThatWaitsHoldsUpNoOtherAndLosesNothing() {
    HeldBack held = held();
    for (int i = 0; i < 64; i++) {
      String stream = i % 3 == 0 ? "slow" : "quick";
      assertThat(held.mustWait(stream, 1)).isTrue();
      held.add(stream, 1, (stream + i).getBytes(StandardCharsets.UTF_8));
    }
    sure = Set.of("quick");
    List<String> first = released(held);
    assertThat(first).hasSize(42).allMatch(partial -> partial.startsWith("quick"));
    assertThat(first).isEqualTo(inOrder("quick", first));

    sure = Set.of("quick", "slow");
    List<String> rest = released(held());
    assertThat(rest).hasSize(22).allMatch(partial -> partial.startsWith("slow"));
    assertThat(rest).isEqualTo(inOrder("slow", rest));
  }

  private HeldBack held() {
    return new HeldBack(
        store,
        new StateKeys("default"),
        new WatchedSources() {
          @Override
          public long sameUntil(String stream) {
            return sure.contains(stream) ? Long.MAX_VALUE : 0;
          }

          @Override
          public int sources(String stream) {
            return 1;
          }

          @Override
          public void lookAgain(String stream) {}

          @Override
          public boolean isAllRead(String topic, int partition) {
            return true;
          }

          @Override
          public LongConsumer taking(String topic, int partition) {
            return offset -> {};
          }
        });
  }

  private static List<String> released(HeldBack held) {
    List<String> all = new ArrayList<>();
    held.release((partial, millis) -> all.add(new String(partial, StandardCharsets.UTF_8)));
    return all;
  }

  private static List<String> inOrder(String stream, List<String> all) {
    return all.stream()
        .map(text -> Integer.parseInt(text.substring(stream.length())))
        .sorted()
        .map(number -> stream + number)
        .toList();
  }
}
