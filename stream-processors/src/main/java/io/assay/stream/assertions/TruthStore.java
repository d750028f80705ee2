package io.assay.stream.assertions;

import io.assay.assertion.eval.TruthJoin;
import io.assay.assertion.eval.TruthState;
import io.assay.assertion.eval.Verdicts;
import io.assay.stream.contract.KeyDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Predictions and truths that wait for each other, by id, and when each is over. */
final class TruthStore {
  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final TruthJoin join;
  private final Figures figures;
  private final StoredFields fields;

  TruthStore(KeyValueStore<Bytes, byte[]> store, StateKeys keys, TruthJoin join, Figures figures) {
    this.store = store;
    this.keys = keys;
    this.join = join;
    this.figures = figures;
    this.fields =
        new StoredFields(
            store,
            keys,
            new StoredFields.States(
                join.fields(),
                join::learn,
                keys.ofId(""),
                keys.afterIds(),
                join::restore,
                join::unmetFields),
            figures);
  }

  /** Lets go of fields that nothing has any more, after having looked at so many more. */
  void lookThroughFields(int most) {
    fields.lookThrough(most);
  }

  /** Where it has what waits for ids. */
  TaskErasures.Range ids() {
    return new TaskErasures.Range(keys.ofId(""), keys.afterIds());
  }

  /** Whether an event of a key is in what is stored; what cannot be read is of none. */
  boolean isOf(byte[] stored, KeyDigest key) {
    try {
      return join.restore(stored).hasEvent(key::isOf);
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** Nothing of it stays; what comes for its id later begins anew. */
  void delete(Bytes id) {
    String text = keys.awaitedId(id);
    join.keptUntil(of(text)).ifPresent(end -> store.delete(keys.ofEnd(end, text)));
    store.delete(id);
  }

  TruthState of(String id) {
    byte[] stored = store.get(keys.ofId(id));
    if (stored == null) {
      return join.newState();
    }
    try {
      return join.restore(stored);
    } catch (IllegalArgumentException unreadable) {
      figures.restarted("what waits for " + id, unreadable);
      return join.newState();
    }
  }

  /** {@code before}: until when it was kept when it was taken out. */
  void put(String id, TruthState state, OptionalLong before) {
    OptionalLong now = join.keptUntil(state);
    if (now.isEmpty()) {
      return;
    }
    if (!now.equals(before)) {
      before.ifPresent(end -> store.delete(keys.ofEnd(end, id)));
      store.put(keys.ofEnd(now.getAsLong(), id), SET);
    }
    store.put(keys.ofId(id), join.snapshot(state));
  }

  /** Forgets what is over, the earliest first, at most so many. */
  void forget(long clock, int most, Verdicts out) {
    List<Bytes> over = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> ends =
        store.range(keys.ofEnd(0, ""), keys.ofEnd(clock, ""))) {
      while (ends.hasNext() && over.size() < most) {
        KeyValue<Bytes, byte[]> end = ends.next();
        over.add(end.key);
      }
    }
    for (Bytes end : over) {
      String id = keys.endedId(end);
      TruthState state = of(id);
      // An entry that could not be read begins anew under another end, and its old one is met here.
      OptionalLong until = join.keptUntil(state);
      if (until.isEmpty() || until.getAsLong() < clock) {
        join.finish(state, out);
        store.delete(keys.ofId(id));
      }
      store.delete(end);
    }
  }
}
