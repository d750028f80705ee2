package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the store has of keys: their states, and marks of those that are over. */
final class StoredKeys {
  /** What an object is taken to weigh before its state was ever stored. */
  private static final int NEW_BYTES = 512;

  private static final String CUT =
      "its events have other fields than the stream has now, and nobody has told which";

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final GroupJudge judge;
  private final Figures figures;
  private final StoredFields fields;
  private final ArrayDeque<Ended> ended = new ArrayDeque<>();

  /** Nothing is remembered of a key, and events of it before a number count for nothing. */
  private record Ended(String key, long number) {}

  /**
   * A key's object as it was stored, or new.
   *
   * @param size in bytes, as it is stored
   * @param number events of the task before it are in the state
   */
  record Loaded(GroupState state, int size, long number) {}

  StoredKeys(
      KeyValueStore<Bytes, byte[]> store, StateKeys keys, GroupJudge judge, Figures figures) {
    this.store = store;
    this.keys = keys;
    this.judge = judge;
    this.figures = figures;
    this.fields =
        new StoredFields(
            store,
            keys,
            new StoredFields.States(
                judge.fields(),
                judge::learn,
                keys.ofKey(""),
                keys.afterKeys(),
                this::readOnly,
                judge::unmetFields),
            figures);
  }

  private void readOnly(byte[] stored) {
    byte @Nullable [] state = StoredState.read(stored).state();
    if (state != null) {
      judge.restore("", state);
    }
  }

  /** Lets go of fields that no state has any more, after having looked at so many more. */
  void lookThroughFields(int most) {
    fields.lookThrough(most);
  }

  /** {@code before}: run before a key of which nothing is remembered begins. */
  Loaded load(String key, Runnable before) {
    StoredState stored = StoredState.read(store.get(keys.ofKey(key)));
    if (stored.isEnded()) {
      ended.add(new Ended(key, stored.number()));
    }
    byte @Nullable [] state = stored.state();
    if (state == null) {
      before.run();
      return new Loaded(judge.newKey(key), NEW_BYTES, stored.number());
    }
    return new Loaded(restore(key, state), state.length, stored.number());
  }

  private GroupState restore(String key, byte[] state) {
    try {
      GroupState restored = judge.restore(key, state);
      if (!GroupJudge.isOfThisVersion(state)) {
        figures.migratedOne();
      }
      if (restored.isCut()) {
        figures.restarted(key, new IllegalStateException(CUT));
      }
      return restored;
    } catch (RuntimeException unreadable) {
      figures.restarted(key, unreadable);
      return judge.newKey(key);
    }
  }

  /**
   * @param number events of the task before it are in the state
   */
  void put(String key, long number, byte[] state) {
    store.put(keys.ofKey(key), StoredState.of(number, state));
  }

  void delete(String key) {
    store.delete(keys.ofKey(key));
  }

  /** Of a key nothing is remembered, and events of it before a number are not judged again. */
  void end(String key, long number) {
    store.put(keys.ofKey(key), StoredState.ended(number));
    ended.add(new Ended(key, number));
  }

  /** Events before a number are no more: what only speaks of them goes. */
  void forgetBefore(long number) {
    while (!ended.isEmpty() && ended.getFirst().number() <= number) {
      Ended one = ended.removeFirst();
      if (Arrays.equals(store.get(keys.ofKey(one.key())), StoredState.ended(one.number()))) {
        store.delete(keys.ofKey(one.key()));
      }
    }
  }
}
