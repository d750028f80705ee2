package io.assay.stream.embeddings;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task keeps: vectors by release and item, what it knows of releases, checkpoints of running
 * comparisons, and what has changed since.
 *
 * <p>The kind stands first in a key and the release's number behind it, so that one release's
 * vectors can be walked alone, in the order of their items.
 */
final class VectorStore {
  private static final byte HEAD = 'r';
  private static final byte VECTOR = 'v';
  private static final byte JOURNAL = 'j';
  private static final byte CHECKPOINT = 'c';
  private static final byte[] NONE = new byte[0];

  private final KeyValueStore<Bytes, byte[]> store;

  VectorStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** An item, as its key has it, and its vector. */
  static final class Stored {
    private final byte[] key;
    private final Vector vector;

    private Stored(byte[] key, Vector vector) {
      this.key = key;
      this.vector = vector;
    }

    Vector vector() {
      return vector;
    }

    String item() {
      return VectorStore.item(key);
    }

    /** In the order of a walk, which is the same in each release. */
    int compareTo(Stored other) {
      int from = 1 + Integer.BYTES;
      return Arrays.compareUnsigned(key, from, key.length, other.key, from, other.key.length);
    }
  }

  /** An item that has changed, and the vector that it had before, if any. */
  record Change(String item, Optional<Vector> before) {}

  Map<String, Head> heads() {
    Map<String, Head> heads = new TreeMap<>();
    try (var all = store.range(key(HEAD, NONE), key((byte) (HEAD + 1), NONE))) {
      all.forEachRemaining(
          entry -> {
            if (entry.key.get()[0] == HEAD) {
              Head head = Head.read(entry.value);
              heads.put(head.name, head);
            }
          });
    }
    return heads;
  }

  void put(Head head) {
    store.put(key(HEAD, utf8(head.name)), head.bytes());
  }

  void delete(Head head) {
    store.delete(key(HEAD, utf8(head.name)));
  }

  @Nullable Vector get(Head release, String item) {
    byte[] found = store.get(key(VECTOR, release.ordinal, utf8(item)));
    return found == null ? null : Vector.read(found);
  }

  void put(Head release, String item, Vector vector) {
    store.put(key(VECTOR, release.ordinal, utf8(item)), vector.bytes());
  }

  /** Notes what an item was before it changed; only the first time since the checkpoint. */
  void journal(Head release, String item, @Nullable Vector before) {
    Bytes key = key(JOURNAL, release.ordinal, utf8(item));
    // Of an item that was not there before, nothing can be noted already.
    if (before == null) {
      store.put(key, NONE);
    } else if (store.get(key) == null) {
      store.put(key, before.bytes());
    }
  }

  List<Change> changes(Head release) {
    List<Change> changes = new ArrayList<>();
    try (var all = range(JOURNAL, release.ordinal, NONE)) {
      while (all.hasNext()) {
        var entry = all.next();
        Optional<Vector> before =
            entry.value.length == 0 ? Optional.empty() : Optional.of(Vector.read(entry.value));
        changes.add(new Change(item(entry.key.get()), before));
      }
    }
    return changes;
  }

  /** In pieces, from 0. */
  void checkpoint(Head release, Head base, List<byte[]> pieces, int before) {
    for (int i = 0; i < Math.max(before, pieces.size()); i++) {
      Bytes key = checkpointKey(release, base, i);
      if (i < pieces.size()) {
        store.put(key, pieces.get(i));
      } else {
        store.delete(key);
      }
    }
  }

  Optional<byte[]> checkpoint(Head release, Head base, int count) {
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] piece = store.get(checkpointKey(release, base, i));
      if (piece == null) {
        return Optional.empty();
      }
      pieces.add(piece);
    }
    return count == 0 ? Optional.empty() : Optional.of(Pieces.whole(pieces));
  }

  private static Bytes checkpointKey(Head release, Head base, int piece) {
    return key(
        CHECKPOINT,
        release.ordinal,
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(base.ordinal).putInt(piece).array());
  }

  void clearJournal(Head release) {
    delete(JOURNAL, release, Integer.MAX_VALUE);
  }

  /** Checkpoints of a release, and what has changed since. */
  void clearRunning(Head release) {
    clearJournal(release);
    delete(CHECKPOINT, release, Integer.MAX_VALUE);
  }

  /** Up to so many vectors; whether there may be more. */
  boolean deleteVectors(Head release, int most) {
    return delete(VECTOR, release, most) == most;
  }

  private int delete(byte kind, Head release, int most) {
    List<Bytes> keys = new ArrayList<>();
    try (var all = range(kind, release.ordinal, NONE)) {
      while (all.hasNext() && keys.size() < most) {
        keys.add(all.next().key);
      }
    }
    keys.forEach(store::delete);
    return keys.size();
  }

  /** A release's vectors in the order of their items, those behind {@code after}. */
  Walk walk(Head release, String after) {
    byte[] from = after.isEmpty() ? NONE : behind(utf8(after));
    return new Walk(range(VECTOR, release.ordinal, from));
  }

  /** Vectors one after another. */
  static final class Walk implements AutoCloseable {
    private final KeyValueIterator<Bytes, byte[]> entries;

    private Walk(KeyValueIterator<Bytes, byte[]> entries) {
      this.entries = entries;
    }

    @Nullable Stored next() {
      if (!entries.hasNext()) {
        return null;
      }
      var entry = entries.next();
      return new Stored(entry.key.get(), Vector.read(entry.value));
    }

    @Override
    public void close() {
      entries.close();
    }
  }

  /** The order in which items are walked. */
  static int compare(String item, String other) {
    return Arrays.compareUnsigned(utf8(item), utf8(other));
  }

  /** The least that is greater. */
  private static byte[] behind(byte[] item) {
    return Arrays.copyOf(item, item.length + 1);
  }

  private KeyValueIterator<Bytes, byte[]> range(byte kind, int ordinal, byte[] from) {
    // An item's name is never empty, so that nothing of the next release is within.
    return store.range(key(kind, ordinal, from), key(kind, ordinal + 1, NONE));
  }

  private static String item(byte[] key) {
    int before = 1 + Integer.BYTES;
    return new String(key, before, key.length - before, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Bytes key(byte kind, byte[] part) {
    return Bytes.wrap(ByteBuffer.allocate(1 + part.length).put(kind).put(part).array());
  }

  private static Bytes key(byte kind, int ordinal, byte[] part) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES + part.length)
            .put(kind)
            .putInt(ordinal)
            .put(part)
            .array());
  }
}
