package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.event.StreamType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which keys to look at when a stream is idle, in order of time, in the same store as their states.
 *
 * <p>A key that keeps speaking is not written here with each event: its entry stays where it is, is
 * met, and is set anew. So the cost is that of an entry a key and so much time as rules allow.
 */
final class Wakes {
  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final GroupJudge judge;
  private final long slack;

  Wakes(KeyValueStore<Bytes, byte[]> store, StateKeys keys, GroupJudge judge, Duration idleAfter) {
    this.store = store;
    this.keys = keys;
    this.judge = judge;
    this.slack = idleAfter.toNanos();
  }

  /** A key, and for when it was set. */
  record Woken(String key, long time) {}

  /** After a key was judged, before its state is stored. */
  void set(GroupState state) {
    set(state, Long.MIN_VALUE);
  }

  /** The same; that its recording may be over is not looked at before a time. */
  void set(GroupState state, long notBefore) {
    for (StreamType stream : judge.streams()) {
      OptionalLong due = due(state, stream, notBefore);
      OptionalLong known = state.wake(stream);
      if (due.isPresent() && (known.isEmpty() || known.getAsLong() > due.getAsLong() + slack)) {
        known.ifPresent(time -> store.delete(keys.ofWake(stream.name(), time, state.key())));
        long time = Math.max(0, due.getAsLong() + slack);
        store.put(keys.ofWake(stream.name(), time, state.key()), SET);
        state.wakeAt(stream, time);
      }
    }
  }

  /** After an event that is judged again: what {@link #set} has written is there. */
  void follow(GroupState state) {
    for (StreamType stream : judge.streams()) {
      OptionalLong due = due(state, stream, Long.MIN_VALUE);
      OptionalLong known = state.wake(stream);
      if (due.isPresent() && (known.isEmpty() || known.getAsLong() > due.getAsLong() + slack)) {
        state.wakeAt(stream, Math.max(0, due.getAsLong() + slack));
      }
    }
  }

  /** Where nothing waits for time to pass, it is looked at when its recording may be over. */
  private OptionalLong due(GroupState state, StreamType stream, long notBefore) {
    OptionalLong due = judge.due(state, stream);
    if (due.isPresent() || !stream.equals(judge.streams().getFirst())) {
      return due;
    }
    OptionalLong over = judge.over(state);
    return over.isPresent()
        ? OptionalLong.of(Math.max(over.getAsLong(), notBefore))
        : OptionalLong.empty();
  }

  /**
   * Whether all that a key has sent is over.
   *
   * @param received up to when all streams have been read
   */
  boolean isOver(GroupState state, long received) {
    OptionalLong over = judge.over(state);
    return over.isPresent() && over.getAsLong() + slack <= received;
  }

  /** Takes out those whose time has come, the earliest first, at most so many. */
  List<Woken> take(StreamType stream, long received, int most) {
    List<Woken> woken = new ArrayList<>();
    Bytes from = keys.ofWake(stream.name(), 0, "");
    Bytes to = keys.ofWake(stream.name(), received + 1, "");
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext() && woken.size() < most) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        woken.add(
            new Woken(
                keys.wokenKey(stream.name(), entry.key), keys.wokenTime(stream.name(), entry.key)));
      }
    }
    woken.forEach(one -> store.delete(keys.ofWake(stream.name(), one.time(), one.key())));
    return woken;
  }

  /** Judges what it decides that nothing of the key was received until now. */
  List<Long> pass(GroupState state, StreamType stream, long received, Gathered out) {
    state.letSleep(stream);
    return judge.pass(state, stream, received - slack, out);
  }
}
