package io.assay.stream.assertions;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Something too large to be written whole at each change: what it was some time ago, in chunks, and
 * all that has changed it since.
 *
 * <p>Each value begins with the epoch of the whole that it belongs to, so that what an older whole
 * has left behind is told from what is in force; its places are written over by and by.
 */
final class Journal {
  private static final int CHUNK = 1 << 20;
  private static final int MOST_CHANGES = 4096;
  private static final int LEAST_BYTES = 256 * 1024;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final String name;
  private long epoch;
  private int chunks;
  private long length;
  private int changes;
  private long changed;

  /** {@code name}: of what it is, the same after a restart. */
  Journal(KeyValueStore<Bytes, byte[]> store, StateKeys keys, String name) {
    this.store = store;
    this.keys = keys;
    this.name = name;
    byte[] head = store.get(keys.ofJournalHead(name));
    if (head != null) {
      ByteBuffer in = ByteBuffer.wrap(head);
      epoch = in.getLong();
      chunks = in.getInt();
      length = in.getLong();
    }
  }

  /** Nothing of it stays. */
  static void delete(KeyValueStore<Bytes, byte[]> store, StateKeys keys, String name) {
    store.delete(keys.ofJournalHead(name));
    delete(store, keys.ofJournalChunk(name, 0), keys.ofJournalChunk(name, Integer.MAX_VALUE));
    delete(store, keys.ofJournalChange(name, 0), keys.ofJournalChange(name, Integer.MAX_VALUE));
  }

  private static void delete(KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to) {
    List<Bytes> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      entries.forEachRemaining(entry -> found.add(entry.key));
    }
    found.forEach(store::delete);
  }

  /** Changes of wholes before do not stay where nothing has been written over them since. */
  static void clean(KeyValueStore<Bytes, byte[]> store, StateKeys keys, String name) {
    byte[] head = store.get(keys.ofJournalHead(name));
    long epoch = head == null ? 0 : ByteBuffer.wrap(head).getLong();
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> changes =
        store.range(keys.ofJournalChange(name, 0), keys.ofJournalChange(name, Integer.MAX_VALUE))) {
      changes.forEachRemaining(
          change -> {
            if (ByteBuffer.wrap(change.value).getLong() != epoch) {
              old.add(change.key);
            }
          });
    }
    old.forEach(store::delete);
  }

  /**
   * What it was when it was written whole; empty for nothing yet.
   *
   * @throws IllegalStateException if chunks of it are missing
   */
  Optional<byte[]> whole() {
    if (chunks == 0) {
      return Optional.empty();
    }
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(length));
    for (int i = 0; i < chunks; i++) {
      byte[] chunk = store.get(keys.ofJournalChunk(name, i));
      if (chunk == null || ByteBuffer.wrap(chunk).getLong() != epoch) {
        throw new IllegalStateException(
            "chunk %d of %d of '%s' is missing".formatted(i + 1, chunks, name));
      }
      all.put(chunk, Long.BYTES, chunk.length - Long.BYTES);
    }
    return Optional.of(all.array());
  }

  /** What has changed it since, in order; to be read once, before anything is added. */
  List<byte[]> changes() {
    List<byte[]> all = new ArrayList<>();
    byte[] change = store.get(keys.ofJournalChange(name, 0));
    while (change != null && ByteBuffer.wrap(change).getLong() == epoch) {
      all.add(Arrays.copyOfRange(change, Long.BYTES, change.length));
      change = store.get(keys.ofJournalChange(name, all.size()));
    }
    changes = all.size();
    changed = all.stream().mapToLong(each -> each.length).sum();
    return all;
  }

  void add(byte[] change) {
    byte[] value =
        ByteBuffer.allocate(Long.BYTES + change.length).putLong(epoch).put(change).array();
    store.put(keys.ofJournalChange(name, changes++), value);
    changed += change.length;
  }

  /** Whether reading the changes would cost more than writing the whole. */
  boolean isLong() {
    return changes >= MOST_CHANGES || changed > Math.max(LEAST_BYTES, length);
  }

  /** Likewise, of this one. */
  void clean() {
    clean(store, keys, name);
  }

  /** Nothing changed it since it was written whole. */
  boolean isEmpty() {
    return changes == 0;
  }

  /** Begins anew with what it is now. */
  void replace(byte[] whole) {
    int before = chunks;
    epoch++;
    chunks = 0;
    for (int from = 0; from < whole.length || chunks == 0; from += CHUNK) {
      int size = Math.min(CHUNK, whole.length - from);
      byte[] chunk =
          ByteBuffer.allocate(Long.BYTES + size).putLong(epoch).put(whole, from, size).array();
      store.put(keys.ofJournalChunk(name, chunks++), chunk);
    }
    for (int i = chunks; i < before; i++) {
      store.delete(keys.ofJournalChunk(name, i));
    }
    length = whole.length;
    changes = 0;
    changed = 0;
    store.put(
        keys.ofJournalHead(name),
        ByteBuffer.allocate(20).putLong(epoch).putInt(chunks).putLong(length).array());
  }
}
