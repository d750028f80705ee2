package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final StreamType CAMERA = Camera.STREAM;
  private static final EventDecoder DECODER = EventDecoder.of(CAMERA, Set.of());

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("state").get();
  private final StateKeys keys = new StateKeys("street");

  private Ledger open() {
    return new Ledger(store, keys, 3);
  }

  private static void take(Ledger ledger, int event) {
    byte[] payload =
        "{\"vehicle\":\"v%d\",\"at\":%d}"
            .formatted(event, Camera.START_MILLIS)
            .getBytes(StandardCharsets.UTF_8);
    Coordinates source = new Coordinates("av.camera", 2, 100 + event);
    Decoded decoded = DECODER.decode(payload, event % 2 == 0 ? "00-ab" : null, source, 77);
    if (decoded instanceof Decoded.Readable(var read)) {
      ledger.add(read.sentAs(event % 3 == 0 ? "n" + event : null), payload);
    }
    if (ledger.isPageFull()) {
      ledger.endPage();
    }
  }

  private static List<Event> events(Ledger ledger) {
    List<Event> events = new ArrayList<>();
    ledger.read(entry -> entry.event(Map.of(CAMERA.name(), DECODER)).ifPresent(events::add));
    return events;
  }

  private static List<Long> numbers(Ledger ledger) {
    List<Long> numbers = new ArrayList<>();
    ledger.read(entry -> numbers.add(entry.number()));
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 7, 9})
  void hasAfterARestartWhatItHadBefore(int events) {
    Ledger before = open();
    for (int i = 0; i < events; i++) {
      take(before, i);
    }
    Ledger after = open();
    assertThat(numbers(after)).isEqualTo(LongStream.range(0, events).boxed().toList());
    assertThat(after.next()).isEqualTo(before.next()).isEqualTo(events);
    assertThat(after.firstOfOpen()).isEqualTo(before.firstOfOpen()).isEqualTo(events - events % 3);
    assertThat(after.isPageEmpty()).isEqualTo(events % 3 == 0);
    assertThat(after.bytes()).isEqualTo(before.bytes());
  }

  @Test
  void givesEventsAsTheyCame() {
    Ledger ledger = open();
    for (int i = 0; i < 5; i++) {
      take(ledger, i);
    }
    List<Event> events = events(open());
    assertThat(events).extracting(Event::key).containsExactly("v0", "v1", "v2", "v3", "v4");
    assertThat(events).extracting(Event::received).containsOnly(77L);
    // They are judged in silence: there is nothing to trace, and traces take no room.
    assertThat(events).extracting(Event::trace).containsOnlyNulls();
    assertThat(events).extracting(Event::sentAs).containsExactly("n0", null, null, "n3", null);
    assertThat(events.get(4).source()).isEqualTo(new Coordinates("av.camera", 2, 104));
  }

  @Test
  void letsGoOfWholePagesOnly() {
    Ledger ledger = open();
    for (int i = 0; i < 8; i++) {
      take(ledger, i);
    }
    ledger.forgetBefore(5);
    assertThat(numbers(open())).containsExactly(3L, 4L, 5L, 6L, 7L);
    ledger.endPage();
    ledger.forgetBefore(8);
    take(ledger, 8);
    assertThat(numbers(open())).containsExactly(8L);
    assertThat(open().oldest()).isEqualTo(8);
  }
}
