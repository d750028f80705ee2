package io.assay.stream.assertions;

import io.assay.assertion.event.Event;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events that a task has taken of late, in the store: from what was stored of a key, and its
 * events since, follows what is remembered of it. So not every event costs the writing of a state.
 *
 * <p>Events are numbered, and kept in pages; the last page is written anew with each event. Figures
 * that hang on all keys are stored where a page ends: what the last page has can be judged again,
 * because no state is stored between two ends.
 */
final class Ledger {
  /** Since 2, a page may have bytes to spare behind its last event. */
  private static final byte VERSION = 2;

  private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;
  private static final int LONG_PAGE = 32 * 1024;
  private static final int SHORT_PAGE = 1024;

  /** Events of a page: so many share one record of the changelog. */
  static final int PAGE = 16;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final int mostOfPage;
  private final ArrayDeque<Page> closed = new ArrayDeque<>();
  private long open;
  private long first;
  private int count;

  /** The page that is written on, which the store has as it is: it is not used for another. */
  private byte[] buffer = new byte[SHORT_PAGE];

  private int size = HEADER;
  private long bytes;
  private int missing;

  /** A page that is full: its number, the number of its first event, and how large it is. */
  private record Page(long number, long first, int size) {}

  /** {@code mostOfPage}: events after which a page ends. */
  Ledger(KeyValueStore<Bytes, byte[]> store, StateKeys keys, int mostOfPage) {
    this.store = store;
    this.keys = keys;
    this.mostOfPage = mostOfPage;
    byte[] head = store.get(keys.ofLedgerHead());
    if (head != null) {
      restore(ByteBuffer.wrap(head));
    }
    restoreOpen();
  }

  private void restore(ByteBuffer head) {
    long oldest = head.getLong();
    open = head.getLong();
    first = head.getLong();
    for (long number = oldest; number < open; number++) {
      byte[] page = store.get(keys.ofLedgerPage(number));
      if (page == null) {
        missing += 1 + closed.size();
        closed.clear();
        bytes = 0;
      } else {
        closed.add(new Page(number, ByteBuffer.wrap(page).getLong(1), page.length));
        bytes += page.length;
      }
    }
  }

  private void restoreOpen() {
    byte[] last = store.get(keys.ofLedgerPage(open));
    if (last != null) {
      ByteBuffer in = ByteBuffer.wrap(last);
      count = in.getInt(1 + Long.BYTES);
      read(in, entry -> {});
      size = in.position();
      buffer = Arrays.copyOf(last, Math.max(SHORT_PAGE, size));
    }
  }

  private byte[] page(long number) {
    byte[] page = store.get(keys.ofLedgerPage(number));
    if (page == null) {
      throw new IllegalStateException("page %d of the events taken is missing".formatted(number));
    }
    return page;
  }

  /**
   * Pages that a crash has parted from others, where a transaction does not hold them together:
   * their events count for nothing.
   */
  int missing() {
    return missing;
  }

  /** How many events were taken: the number of the next. */
  long next() {
    return first + count;
  }

  /** The number of the first event of the page that is written on. */
  long firstOfOpen() {
    return first;
  }

  /** The number of the oldest event that is kept. */
  long oldest() {
    return closed.isEmpty() ? first : closed.getFirst().first();
  }

  /** Of all pages that ended. */
  long bytes() {
    return bytes;
  }

  boolean isPageFull() {
    return count >= mostOfPage || size > LONG_PAGE;
  }

  boolean isPageEmpty() {
    return count == 0;
  }

  void add(Event event, byte[] payload) {
    append(LedgerEntry.of(next(), event, payload));
    count++;
    ByteBuffer.wrap(buffer).put(VERSION).putLong(first).putInt(count);
    if (isPageFull()) {
      trim();
    }
    store.put(keys.ofLedgerPage(open), buffer);
  }

  private void trim() {
    buffer = buffer.length == size ? buffer : Arrays.copyOf(buffer, size);
  }

  private void append(LedgerEntry entry) {
    int more = entry.size();
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
    ByteBuffer out = ByteBuffer.wrap(buffer, size, more);
    entry.write(out);
    size = out.position();
  }

  /** Ends the page: the next event begins another. */
  void endPage() {
    if (count > 0) {
      if (buffer.length > size) {
        trim();
        store.put(keys.ofLedgerPage(open), buffer);
      }
      closed.add(new Page(open, first, size));
      bytes += size;
      first += count;
      open++;
      count = 0;
      size = HEADER;
      buffer = new byte[SHORT_PAGE];
    }
    storeHead();
  }

  private void storeHead() {
    long oldest = closed.isEmpty() ? open : closed.getFirst().number();
    store.put(
        keys.ofLedgerHead(),
        ByteBuffer.allocate(3 * Long.BYTES).putLong(oldest).putLong(open).putLong(first).array());
  }

  /** Lets go of pages that have only events before one. */
  void forgetBefore(long number) {
    List<Page> gone = new ArrayList<>();
    while (!closed.isEmpty() && endOfFirst() <= number) {
      Page page = closed.removeFirst();
      bytes -= page.size();
      gone.add(page);
    }
    if (!gone.isEmpty()) {
      storeHead(); // before the pages go: what it names is there
      gone.forEach(page -> store.delete(keys.ofLedgerPage(page.number())));
    }
  }

  private long endOfFirst() {
    Page last = closed.removeFirst();
    long end = closed.isEmpty() ? first : closed.getFirst().first();
    closed.addFirst(last);
    return end;
  }

  /** All events that are kept, the oldest first. */
  void read(Consumer<LedgerEntry> to) {
    closed.forEach(page -> read(ByteBuffer.wrap(page(page.number())), to));
    if (count > 0) {
      read(ByteBuffer.wrap(buffer, 0, size), to);
    }
  }

  private static void read(ByteBuffer in, Consumer<LedgerEntry> to) {
    byte version = in.get();
    if (version < 1 || version > VERSION) {
      throw new IllegalStateException(
          "events taken are stored in version %d, this program reads %d and before"
              .formatted(version, VERSION));
    }
    long number = in.getLong();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      to.accept(LedgerEntry.read(number + i, in));
    }
  }
}
