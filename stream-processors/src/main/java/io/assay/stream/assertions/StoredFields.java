package io.assay.stream.assertions;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which fields the events in a store have, told once for all states that rules have written: so
 * these are read under rules whose streams have others.
 */
final class StoredFields {
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final Map<Long, byte[]> now;
  private boolean told;

  /** {@code now}: of what is written from here on, by its hash. */
  StoredFields(KeyValueStore<Bytes, byte[]> store, StateKeys keys, Map<Long, byte[]> now) {
    this.store = store;
    this.keys = keys;
    this.now = Map.copyOf(now);
  }

  /** What was told so far; {@code figures} hear of what cannot be read. */
  void read(Consumer<byte[]> learn, Figures figures) {
    try (KeyValueIterator<Bytes, byte[]> all = store.range(keys.ofFields(0), keys.ofFields(-1))) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> one = all.next();
        learn.accept(one.value);
      }
    } catch (IllegalArgumentException unreadable) {
      figures.restarted("what was stored of other fields", unreadable);
    }
  }

  /** Before anything is stored that has such fields. */
  void tell() {
    if (told) {
      return;
    }
    now.forEach(
        (hash, fields) -> {
          Bytes key = keys.ofFields(hash);
          if (!Arrays.equals(fields, store.get(key))) {
            store.put(key, fields);
          }
        });
    told = true;
  }
}
