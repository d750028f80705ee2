package io.assay.stream.pairing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task remembers of ids, and in which order it is given up.
 *
 * <p>One store holds all: {@code 0 id} leads to what is held; {@code 1 until id} to how many bytes
 * wait, so that a task that starts knows their sum without reading them; {@code 2 until id} stands
 * for what is settled.
 */
final class HeldIds {
  private static final byte BY_ID = 0;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Queue waiting;
  private final Queue settled;
  private long waitingBytes;

  HeldIds(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    this.waiting = new Queue((byte) 1);
    this.settled = new Queue((byte) 2);
    try (KeyValueIterator<Bytes, byte[]> all = waiting.until(Long.MAX_VALUE - 1)) {
      while (all.hasNext()) {
        waitingBytes += ByteBuffer.wrap(all.next().value).getInt();
      }
    }
  }

  long waitingBytes() {
    return waitingBytes;
  }

  @Nullable Held get(byte[] id) {
    byte @Nullable [] found = store.get(byId(id));
    return found == null ? null : Held.read(id, found);
  }

  void put(byte[] id, @Nullable Held before, Held held) {
    leave(id, before);
    byte[] bytes = Held.bytes(held);
    store.put(byId(id), bytes);
    switch (held) {
      case Held.Waiting one -> {
        waitingBytes += bytes.length;
        waiting.add(
            one.untilMillis(), id, ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      }
      case Held.Settled one -> settled.add(one.untilMillis(), id, new byte[0]);
    }
  }

  void forget(byte[] id, Held held) {
    leave(id, held);
    store.delete(byId(id));
  }

  private void leave(byte[] id, @Nullable Held held) {
    switch (held) {
      case null -> {}
      case Held.Waiting one -> {
        byte @Nullable [] size = waiting.remove(one.untilMillis(), id);
        waitingBytes -= size == null ? 0 : ByteBuffer.wrap(size).getInt();
      }
      case Held.Settled one -> settled.remove(one.untilMillis(), id);
    }
  }

  /** Ids that waited until then, those that waited longest first. */
  List<byte[]> waitedUntil(long millis, int most) {
    return waiting.first(millis, most);
  }

  /** Ids that are settled, and need not be remembered after then. */
  List<byte[]> settledUntil(long millis, int most) {
    return settled.first(millis, most);
  }

  /** The one that has waited longest; none where none waits. */
  List<byte[]> oldestWaiting() {
    return waiting.first(Long.MAX_VALUE - 1, 1);
  }

  private static Bytes byId(byte[] id) {
    return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(BY_ID).put(id).array());
  }

  /** Ids by their times. */
  private final class Queue {
    private static final int TIME_PREFIX = 1 + Long.BYTES;

    private final byte prefix;

    /** Nothing stands before: what was taken from there need not be passed over again. */
    private long earliest;

    private Queue(byte prefix) {
      this.prefix = prefix;
    }

    private void add(long until, byte[] id, byte[] value) {
      earliest = Math.min(earliest, until);
      store.put(key(until, id), value);
    }

    private byte @Nullable [] remove(long until, byte[] id) {
      return store.delete(key(until, id));
    }

    private List<byte[]> first(long until, int most) {
      List<byte[]> ids = new ArrayList<>();
      if (earliest > until) {
        return ids;
      }
      try (KeyValueIterator<Bytes, byte[]> all = until(until)) {
        while (all.hasNext() && ids.size() < most) {
          KeyValue<Bytes, byte[]> next = all.next();
          byte[] key = next.key.get();
          if (ids.isEmpty()) {
            earliest = ByteBuffer.wrap(key, 1, Long.BYTES).getLong();
          }
          ids.add(Arrays.copyOfRange(key, TIME_PREFIX, key.length));
        }
      }
      return ids;
    }

    private KeyValueIterator<Bytes, byte[]> until(long millis) {
      return store.range(key(earliest, new byte[0]), key(millis + 1, new byte[0]));
    }

    private Bytes key(long until, byte[] id) {
      return Bytes.wrap(
          ByteBuffer.allocate(TIME_PREFIX + id.length).put(prefix).putLong(until).put(id).array());
    }
  }
}
