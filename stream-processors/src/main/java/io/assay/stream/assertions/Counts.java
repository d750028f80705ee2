package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.stream.contract.CountRecord;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one task: written to the store with each event, sent now and then.
 *
 * <p>What was counted, and which minutes are still to be sent, is in the same transaction as the
 * events; a crash between counting and sending delays a count and never loses it.
 */
final class Counts {
  private static final int MOST_HOT_MINUTES = 64;

  /**
   * Where windows are merged, tasks are numbered from here: they count the same assertions as those
   * that judge events, and a count's key must be of one task alone.
   */
  static final int MERGING = 1 << 20;

  /** Likewise where truth is joined. */
  static final int TRUTHS = 2 << 20;

  private final String stream;
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final Map<Long, CountSheet> hot = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Long> touched = new HashSet<>();
  private final Set<Long> unsent = new TreeSet<>();
  private final Tallied told;

  /** Where the last count was added since counts were stored. */
  private @Nullable CountSheet added;

  private long addedMinute;

  /**
   * @param stream whose counts those are that were stored before streams were joined
   * @param told what is counted, whenever it is sent
   */
  Counts(KeyValueStore<Bytes, byte[]> store, StateKeys keys, String stream, Tallied told) {
    this.stream = stream;
    this.told = told;
    this.store = store;
    this.keys = keys;
    byte[] stored = store.get(keys.ofUnsent());
    if (stored != null) {
      ByteBuffer minutes = ByteBuffer.wrap(stored);
      while (minutes.hasRemaining()) {
        unsent.add(minutes.getLong());
      }
    }
  }

  /** Adds what judging one event counted. */
  void add(Gathered gathered) {
    for (Counted one : gathered.counts()) {
      one.addTo(touched(one.minute()));
    }
  }

  private CountSheet touched(long minute) {
    CountSheet now = added;
    if (now == null || minute != addedMinute) {
      now = sheet(minute);
      added = now;
      addedMinute = minute;
      touched.add(minute);
    }
    return now;
  }

  /** Writes what was added since the last call. */
  void store() {
    boolean more = false;
    for (long minute : touched) {
      store.put(keys.ofMinute(minute), sheet(minute).bytes());
      more |= unsent.add(minute);
    }
    touched.clear();
    added = null;
    if (more) {
      storeUnsent();
    }
    forgetOldest();
  }

  /** Hands out every count that changed since it was last sent, under its next sequence number. */
  void send(String project, int partition, Consumer<CountRecord> to) {
    if (unsent.isEmpty()) {
      return;
    }
    for (long minute : unsent) {
      CountSheet sheet = sheet(minute);
      sheet
          .cells()
          .forEach(
              (name, cell) -> {
                if (cell.changed()) {
                  cell.tell(name, told);
                  cell.sent();
                  to.accept(record(project, partition, minute, name, cell));
                }
              });
      store.put(keys.ofMinute(minute), sheet.bytes());
    }
    unsent.clear();
    storeUnsent();
    forgetOldest();
  }

  private static CountRecord record(
      String project, int partition, long minute, CountSheet.Name name, CountSheet.Cell cell) {
    return new CountRecord(
        project,
        name.stream(),
        name.assertion(),
        name.expectation(),
        minute,
        partition,
        cell.sequence(),
        cell.of(Tally.SEEN),
        cell.of(Tally.PASSED),
        cell.of(Tally.JUDGED),
        cell.of(Tally.HELD),
        cell.of(Tally.VIOLATED),
        cell.of(Tally.UNDECIDED),
        cell.of(Tally.LATE),
        cell.inSlices());
  }

  private CountSheet sheet(long minute) {
    CountSheet known = hot.get(minute);
    if (known == null) {
      byte[] stored = store.get(keys.ofMinute(minute));
      known = stored == null ? new CountSheet() : CountSheet.read(stored, stream);
      hot.put(minute, known);
    }
    return known;
  }

  private void storeUnsent() {
    ByteBuffer minutes = ByteBuffer.allocate(unsent.size() * Long.BYTES);
    unsent.forEach(minutes::putLong);
    store.put(keys.ofUnsent(), minutes.array());
  }

  /** Only after all is stored: a sheet that is read again counts as changed as a whole. */
  private void forgetOldest() {
    var oldest = hot.values().iterator();
    while (hot.size() > MOST_HOT_MINUTES && oldest.hasNext()) {
      oldest.next().cells().forEach((name, cell) -> cell.tell(name, told));
      oldest.remove();
    }
  }
}
