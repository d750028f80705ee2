package io.assay.stream.assertions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which fields the events in a store have, told once for all states that rules have written: so
 * these are read under rules whose streams have others.
 *
 * <p>Fields of before go when no state has them any more. Whoever begins with a store looks through
 * its states once, some at a time: after that nobody can write any with other fields than now.
 */
final class StoredFields {
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final States states;
  private @Nullable Bytes next;

  /**
   * The states of a store.
   *
   * @param now fields of what is written from here on, by a hash
   * @param learn takes in fields of before; throws {@link IllegalArgumentException} where the bytes
   *     are broken
   * @param first the first key that a state may have
   * @param last the last
   * @param read reads a state, or throws
   * @param unmet hashes of fields of before that no state has had that was read
   */
  record States(
      Map<Long, byte[]> now,
      Consumer<byte[]> learn,
      Bytes first,
      Bytes last,
      Consumer<byte[]> read,
      Supplier<Set<Long>> unmet) {
    States {
      now = Map.copyOf(now);
    }
  }

  /** {@code figures} hear of what cannot be read. */
  StoredFields(KeyValueStore<Bytes, byte[]> store, StateKeys keys, States states, Figures figures) {
    this.store = store;
    this.keys = keys;
    this.states = states;
    all(keys.ofFields(0), keys.ofFields(-1), Integer.MAX_VALUE)
        .forEach(one -> learn(one.value, figures));
    next = states.unmet().get().isEmpty() ? null : states.first();
    tell();
  }

  private void learn(byte[] fields, Figures figures) {
    try {
      states.learn().accept(fields);
    } catch (IllegalArgumentException unreadable) {
      figures.restarted("what was stored of other fields", unreadable);
    }
  }

  /**
   * Before anything is stored that has such fields, and whether or not anything will be: states may
   * be there that were stored by a program that did not tell, and the next rules may have others.
   */
  private void tell() {
    states
        .now()
        .forEach(
            (hash, fields) -> {
              Bytes key = keys.ofFields(hash);
              if (!Arrays.equals(fields, store.get(key))) {
                store.put(key, fields);
              }
            });
  }

  /**
   * Looks through so many states more; after the last, what none of them has goes. One that cannot
   * be read may be readable to another program: then all stays.
   */
  void lookThrough(int most) {
    Bytes from = next;
    if (from == null) {
      return;
    }
    List<KeyValue<Bytes, byte[]>> some = all(from, states.last(), most);
    try {
      some.forEach(one -> states.read().accept(one.value));
    } catch (RuntimeException unreadable) {
      next = null;
      return;
    }
    if (some.size() == most) {
      next = after(some.getLast().key);
    } else {
      next = null;
      states.unmet().get().forEach(hash -> store.delete(keys.ofFields(hash)));
    }
  }

  private static Bytes after(Bytes key) {
    return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
  }

  private List<KeyValue<Bytes, byte[]>> all(Bytes from, Bytes to, int most) {
    List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (found.size() < most && entries.hasNext()) {
        found.add(entries.next());
      }
    }
    return found;
  }
}
