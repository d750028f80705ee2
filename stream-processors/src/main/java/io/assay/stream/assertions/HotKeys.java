package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is remembered of each key: bytes in the store, and objects of the keys seen last.
 *
 * <p>The store is the only truth. It is written while the event is processed, since nothing of ours
 * runs before a commit; the objects are copies that save the reading, and are never needed.
 */
final class HotKeys {
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final GroupJudge judge;
  private final Figures figures;
  private final long mostBytes;
  private final Map<String, Hot> hot = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Hot(GroupState state, int size) {}

  HotKeys(
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      GroupJudge judge,
      Figures figures,
      long mostBytes) {
    this.store = store;
    this.keys = keys;
    this.judge = judge;
    this.figures = figures;
    this.mostBytes = mostBytes;
  }

  GroupState of(String key) {
    return of(key, () -> {});
  }

  /** {@code before}: run before a key of which nothing is remembered begins. */
  GroupState of(String key, Runnable before) {
    Hot known = hot.get(key);
    if (known != null) {
      return known.state();
    }
    byte[] stored = store.get(keys.ofKey(key));
    if (stored == null) {
      before.run();
      return judge.newKey(key);
    }
    return restore(key, stored);
  }

  private GroupState restore(String key, byte[] stored) {
    try {
      GroupState state = judge.restore(key, stored);
      if (!GroupJudge.isOfThisVersion(stored)) {
        figures.migratedOne();
      }
      return state;
    } catch (RuntimeException unreadable) {
      figures.restarted(key, unreadable);
      return judge.newKey(key);
    }
  }

  /** Writes a key's state as it is after an event. */
  void put(String key, GroupState state, byte[] snapshot) {
    store.put(keys.ofKey(key), snapshot);
    Hot before = hot.put(key, new Hot(state, snapshot.length));
    bytes += snapshot.length - (before == null ? 0 : before.size());
    Iterator<Map.Entry<String, Hot>> oldest = hot.entrySet().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().getValue().size();
      oldest.remove();
    }
  }

  /** Of a key whose recording is over nothing stays. */
  void delete(String key) {
    store.delete(keys.ofKey(key));
    forget(key);
  }

  /** Drops the object of a key, which may be half changed; the store still has what it was. */
  void forget(String key) {
    Hot dropped = hot.remove(key);
    if (dropped != null) {
      bytes -= dropped.size();
    }
  }
}
