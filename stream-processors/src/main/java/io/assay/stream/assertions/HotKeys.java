package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is remembered of each key: bytes in the store, and objects of the keys seen last.
 *
 * <p>The store is the only truth: a key's bytes, and its events since those were written, which the
 * {@link Ledger} has. Objects are copies that save the reading. Bytes are written where a page of
 * the ledger ends, of a few keys each time: of those that leave, and in rounds of all that changed,
 * after which the ledger lets go of what was before the round.
 */
final class HotKeys {
  /** Events that are kept before a round begins: so many are judged again after a restart. */
  private static final int LEAST_EVENTS = 256;

  private static final int MOST_EVENTS = 100_000;
  private static final long MOST_LEDGER_BYTES = 32L << 20;

  /** CPU time of judging that is kept: so long a start takes at most, and half as long again. */
  private static final long MOST_NANOS = 1_000_000_000;

  /** And for each key that changed: so often an event costs no writing of a state. */
  private static final int EVENTS_A_KEY = 32;

  private final StoredKeys stored;
  private final GroupJudge judge;
  private final Ledger ledger;
  private final Figures figures;
  private final long mostBytes;
  private final Map<String, Hot> hot = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> lost = new HashSet<>();
  private final ArrayDeque<String> due = new ArrayDeque<>();
  private long roundFrom = -1;
  private int atEachPage;
  private int changed;
  private long bytes;
  private long nanos;

  /** A key's object; events before {@code written} are in its bytes, those before {@code until}. */
  private static final class Hot {
    final GroupState state;
    int size;
    long written;
    long until;

    Hot(GroupState state, int size, long written) {
      this.state = state;
      this.size = size;
      this.written = written;
      this.until = written;
    }

    boolean isChanged() {
      return until > written;
    }
  }

  HotKeys(
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys,
      GroupJudge judge,
      Ledger ledger,
      Figures figures,
      long mostBytes) {
    this.stored = new StoredKeys(store, keys, judge, figures);
    this.judge = judge;
    this.ledger = ledger;
    this.figures = figures;
    this.mostBytes = mostBytes;
  }

  GroupState of(String key) {
    return of(key, () -> {});
  }

  /** {@code before}: run before a key of which nothing is remembered begins. */
  GroupState of(String key, Runnable before) {
    Hot known = hot.get(key);
    if (known == null) {
      StoredKeys.Loaded loaded = stored.load(key, before);
      // A crash outside a transaction may have kept a state and lost the events behind it.
      long number = Math.min(loaded.number(), ledger.next());
      known = new Hot(loaded.state(), loaded.size(), number);
      hot.put(key, known);
      bytes += known.size;
    }
    return known.state;
  }

  /** Whether an event is in what is stored of its key, which {@link #of} was asked for. */
  boolean includes(String key, long number) {
    return number < asked(key).written;
  }

  /** A key's object has taken an event, which the ledger has. */
  void changed(String key, long number) {
    Hot now = asked(key);
    changed += now.isChanged() ? 0 : 1;
    now.until = number + 1;
  }

  private Hot asked(String key) {
    Hot known = hot.get(key);
    if (known == null) {
      throw new IllegalStateException("key '" + key + "' is changed before it is asked for");
    }
    return known;
  }

  /** Drops the object of a key if the store has all of it. */
  void release(String key) {
    if (!asked(key).isChanged()) {
      drop(key);
    }
  }

  /** Drops the object of a key, which may be half changed; what it was can be found again. */
  void forget(String key) {
    Hot dropped = hot.get(key);
    if (dropped != null && dropped.isChanged()) {
      lost.add(key);
    }
    drop(key);
  }

  private void drop(String key) {
    Hot dropped = hot.remove(key);
    if (dropped != null) {
      bytes -= dropped.size;
      changed -= dropped.isChanged() ? 1 : 0;
    }
  }

  /** Keys whose object was dropped while the ledger had more of them than the store. */
  Set<String> lost() {
    return lost.isEmpty() ? Set.of() : Set.copyOf(lost);
  }

  boolean isLost(String key) {
    return !lost.isEmpty() && lost.contains(key);
  }

  void found(String key) {
    lost.remove(key);
  }

  /** Writes a key's state as it is; only where a page of the ledger has ended. */
  void write(String key) {
    write(key, asked(key));
  }

  private void write(String key, Hot now) {
    if (!ledger.isPageEmpty()) {
      throw new IllegalStateException("a state is stored between two pages only");
    }
    byte[] snapshot;
    try {
      snapshot = judge.snapshot(now.state);
    } catch (RuntimeException failure) {
      figures.restarted(key, failure);
      delete(key);
      return;
    }
    stored.put(key, ledger.next(), snapshot);
    bytes += snapshot.length - now.size;
    changed -= now.isChanged() ? 1 : 0;
    now.size = snapshot.length;
    now.written = ledger.next();
    now.until = now.written;
  }

  /** Of a key whose recording is over nothing stays, once the ledger has nothing of it either. */
  void delete(String key) {
    Hot before = hot.get(key);
    if (before != null && before.until > ledger.oldest()) {
      stored.end(key, ledger.next());
    } else {
      stored.delete(key);
    }
    drop(key);
  }

  /**
   * After a page of the ledger has ended: writes what is due, and lets the oldest go.
   *
   * @param cpuNanos what its events took
   */
  void pageEnded(long cpuNanos) {
    nanos += cpuNanos;
    if (due.isEmpty()) {
      endRound();
      if (isRoundDue()) {
        beginRound();
        atEachPage = atEachPage();
      }
    }
    writeDue(atEachPage);
    evict();
  }

  private boolean isRoundDue() {
    long events = ledger.next() - ledger.oldest();
    return events >= Math.clamp((long) EVENTS_A_KEY * changed, LEAST_EVENTS, MOST_EVENTS)
        || ledger.bytes() > MOST_LEDGER_BYTES
        || nanos > MOST_NANOS;
  }

  /** So many that the round is over when half as many events have come again. */
  private int atEachPage() {
    long pages = Math.max(1, (ledger.next() - ledger.oldest()) / (2 * Ledger.PAGE));
    return (int) Math.ceilDiv(due.size(), pages) + 1;
  }

  private void beginRound() {
    roundFrom = ledger.next();
    nanos = 0;
    hot.forEach(
        (key, one) -> {
          if (one.isChanged()) {
            due.add(key);
          }
        });
  }

  private void writeDue(int most) {
    for (int i = 0; i < most && !due.isEmpty(); i++) {
      String key = due.remove();
      Hot one = hot.get(key);
      if (one != null && one.isChanged() && one.written < roundFrom) {
        write(key, one);
      }
    }
  }

  private void endRound() {
    if (roundFrom >= 0 && lost.isEmpty()) {
      ledger.forgetBefore(roundFrom);
      roundFrom = -1;
      stored.forgetBefore(ledger.oldest());
    }
  }

  /** Writes up to so many changed keys, where nothing else is to do; the page has ended. */
  void settle(int most) {
    if (due.isEmpty()) {
      endRound();
      if (ledger.oldest() < ledger.next()) {
        beginRound();
      }
    }
    writeDue(most);
    if (due.isEmpty()) {
      endRound();
    }
  }

  /** Looks at up to so many states whether they have fields of before: what none has goes. */
  void lookThroughFields(int most) {
    stored.lookThroughFields(most);
  }

  /** Writes all that has changed; the page has ended. */
  void settleAll() {
    due.clear();
    roundFrom = -1;
    settle(Integer.MAX_VALUE);
  }

  private void evict() {
    Iterator<Map.Entry<String, Hot>> oldest = hot.entrySet().iterator();
    List<String> leaving = new ArrayList<>(0);
    long left = bytes;
    while (left > mostBytes && oldest.hasNext()) {
      Map.Entry<String, Hot> one = oldest.next();
      left -= Math.max(1, one.getValue().size);
      leaving.add(one.getKey());
    }
    for (String key : leaving) {
      Hot one = asked(key);
      if (one.isChanged()) {
        write(key, one);
      }
      drop(key);
    }
  }
}
