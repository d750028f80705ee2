package io.assay.stream.pairing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task remembers of ids, and in which order it is forgotten.
 *
 * <p>One store holds both: {@code 0 id} leads to what is held, {@code 1 until id} to how many bytes
 * of it wait, so that a task that starts knows their sum without reading them.
 */
final class HeldIds {
  private static final byte BY_ID = 0;
  private static final byte BY_TIME = 1;
  private static final int TIME_PREFIX = 1 + Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;
  private long waitingBytes;

  HeldIds(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> all = byTime(Long.MAX_VALUE)) {
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
    forgetTime(id, before);
    byte[] bytes = Held.bytes(held);
    int waiting = held instanceof Held.Waiting ? bytes.length : 0;
    waitingBytes += waiting;
    store.put(byId(id), bytes);
    store.put(
        time(held.untilMillis(), id), ByteBuffer.allocate(Integer.BYTES).putInt(waiting).array());
  }

  void forget(byte[] id, Held held) {
    forgetTime(id, held);
    store.delete(byId(id));
  }

  private void forgetTime(byte[] id, @Nullable Held held) {
    if (held != null) {
      byte @Nullable [] size = store.delete(time(held.untilMillis(), id));
      waitingBytes -= size == null ? 0 : ByteBuffer.wrap(size).getInt();
    }
  }

  /** Ids whose time has come, the earliest first. */
  List<byte[]> due(long nowMillis, int most) {
    List<byte[]> ids = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> due = byTime(nowMillis)) {
      while (due.hasNext() && ids.size() < most) {
        ids.add(id(due.next().key));
      }
    }
    return ids;
  }

  /** The one that has waited longest; null where none waits. */
  byte @Nullable [] oldestWaiting() {
    try (KeyValueIterator<Bytes, byte[]> all = byTime(Long.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (ByteBuffer.wrap(next.value).getInt() > 0) {
          return id(next.key);
        }
      }
    }
    return null;
  }

  private KeyValueIterator<Bytes, byte[]> byTime(long untilMillis) {
    byte[] last = ByteBuffer.allocate(TIME_PREFIX).put(BY_TIME).putLong(untilMillis).array();
    // Behind every id of that time; of the last time there is, nothing stands.
    return store.range(
        Bytes.wrap(new byte[] {BY_TIME}),
        untilMillis == Long.MAX_VALUE
            ? Bytes.wrap(new byte[] {BY_TIME + 1})
            : Bytes.increment(Bytes.wrap(last)));
  }

  private static byte[] id(Bytes timeKey) {
    byte[] all = timeKey.get();
    return java.util.Arrays.copyOfRange(all, TIME_PREFIX, all.length);
  }

  private static Bytes byId(byte[] id) {
    return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(BY_ID).put(id).array());
  }

  private static Bytes time(long until, byte[] id) {
    return Bytes.wrap(
        ByteBuffer.allocate(TIME_PREFIX + id.length).put(BY_TIME).putLong(until).put(id).array());
  }
}
