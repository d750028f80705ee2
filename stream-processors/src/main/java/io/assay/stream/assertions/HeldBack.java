package io.assay.stream.assertions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Partials that have come since the sources were looked at last, in the order in which they came.
 *
 * <p>A partition that was added a moment ago has events that no partial speaks of yet: whoever
 * merged these at once would take a window for over.
 */
final class HeldBack {
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final WatchedSources sources;
  private final Map<Long, Held> all = new TreeMap<>();
  private long next;

  private record Held(String stream, long millis) {}

  /** Takes a partial out, to be merged as of the time at which it came. */
  interface Merge {
    void take(byte[] partial, long millis);
  }

  HeldBack(KeyValueStore<Bytes, byte[]> store, StateKeys keys, WatchedSources sources) {
    this.store = store;
    this.keys = keys;
    this.sources = sources;
    try (KeyValueIterator<Bytes, byte[]> stored =
        store.range(keys.ofHeldBack(0), keys.ofHeldBack(Long.MAX_VALUE))) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> entry = stored.next();
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        long millis = value.getLong();
        byte[] stream = new byte[value.getInt()];
        value.get(stream);
        next = keys.numberOfHeldBack(entry.key);
        all.put(next++, new Held(new String(stream, StandardCharsets.UTF_8), millis));
      }
    }
  }

  /** Whether a partial of a stream is to be held back rather than merged. */
  boolean mustWait(String stream, long millis) {
    return isUnsure(stream, millis)
        || all.values().stream().anyMatch(held -> held.stream().equals(stream));
  }

  private boolean isUnsure(String stream, long millis) {
    return millis > Math.floorDiv(sources.sameUntil(stream), 1_000_000L);
  }

  void add(String stream, long millis, byte[] partial) {
    byte[] name = stream.getBytes(StandardCharsets.UTF_8);
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + name.length + partial.length)
            .putLong(millis)
            .putInt(name.length)
            .put(name)
            .put(partial)
            .array();
    store.put(keys.ofHeldBack(next), value);
    all.put(next++, new Held(stream, millis));
  }

  /** Hands out what is sure by now; a stream that waits holds up no other. */
  void release(Merge merge) {
    Iterator<Map.Entry<Long, Held>> each = all.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Held> entry = each.next();
      Held held = entry.getValue();
      if (!isUnsure(held.stream(), held.millis())) {
        // Read before it is removed: a tree's entry may be its successor from then on.
        long number = entry.getKey();
        each.remove();
        byte[] stored = store.delete(keys.ofHeldBack(number));
        ByteBuffer value = ByteBuffer.wrap(stored, Long.BYTES, stored.length - Long.BYTES);
        value.position(value.position() + Integer.BYTES + value.getInt(value.position()));
        byte[] partial = new byte[value.remaining()];
        value.get(partial);
        merge.take(partial, held.millis());
      }
    }
  }
}
