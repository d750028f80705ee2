package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The events that a task has taken of late, in the store: from what was stored of a key, and its
 * events since, follows what is remembered of it. So not every event costs the writing of a state.
 *
 * <p>Events are numbered, and kept in pages; the last page is written anew with each event. Figures
 * that hang on all keys are stored where a page ends: what the last page has can be judged again,
 * because no state is stored between two ends.
 */
final class Ledger {
  private static final byte VERSION = 1;
  private static final byte[] NOTHING = new byte[0];
  private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;
  private static final int LONG_PAGE = 32 * 1024;

  /** Events of a page: so many share one record of the changelog. */
  static final int PAGE = 16;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final int mostOfPage;
  private final ArrayDeque<Page> closed = new ArrayDeque<>();
  private long open;
  private long first;
  private int count;
  private byte[] buffer = new byte[8 * 1024];
  private int size = HEADER;
  private long bytes;
  private int missing;

  /** A page that is full: its number, the number of its first event, and how large it is. */
  private record Page(long number, long first, int size) {}

  /** An event as it was taken. */
  static final class Entry {
    private final long number;
    private final String stream;
    private final long received;
    private final Coordinates source;
    private final @Nullable String trace;
    private final @Nullable String sentAs;
    private final byte[] payload;

    Entry(
        long number,
        String stream,
        long received,
        Coordinates source,
        @Nullable String trace,
        @Nullable String sentAs,
        byte[] payload) {
      this.number = number;
      this.stream = stream;
      this.received = received;
      this.source = source;
      this.trace = trace;
      this.sentAs = sentAs;
      this.payload = payload;
    }

    long number() {
      return number;
    }

    byte[] payload() {
      return payload;
    }

    /** The event, as it is read by decoders of streams by name; empty where none can. */
    Optional<Event> event(Map<String, EventDecoder> decoders) {
      EventDecoder decoder = decoders.get(stream);
      return decoder != null
              && decoder.decode(payload, trace, source, received)
                  instanceof Decoded.Readable(var event)
          ? Optional.of(event.sentAs(sentAs))
          : Optional.empty();
    }
  }

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
      count = ByteBuffer.wrap(last).getInt(1 + Long.BYTES);
      size = last.length;
      buffer = Arrays.copyOf(last, Math.max(buffer.length, size));
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
    append(event, payload);
    count++;
    ByteBuffer.wrap(buffer).put(VERSION).putLong(first).putInt(count);
    store.put(keys.ofLedgerPage(open), Arrays.copyOf(buffer, size));
  }

  private void append(Event event, byte[] payload) {
    byte[] stream = event.stream().name().getBytes(StandardCharsets.UTF_8);
    byte[] topic = event.source().topic().getBytes(StandardCharsets.UTF_8);
    byte[] trace = bytes(event.trace());
    byte[] sentAs = bytes(event.sentAs());
    int more =
        7 * Integer.BYTES
            + 2 * Long.BYTES
            + stream.length
            + topic.length
            + trace.length
            + sentAs.length
            + payload.length;
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
    ByteBuffer out = ByteBuffer.wrap(buffer, size, more);
    out.putInt(stream.length).put(stream).putLong(event.received());
    out.putInt(topic.length).put(topic);
    out.putInt(event.source().partition()).putLong(event.source().offset());
    out.putInt(trace.length).put(trace);
    out.putInt(sentAs.length).put(sentAs);
    out.putInt(payload.length).put(payload);
    size = out.position();
  }

  /** Nothing is as good as empty, of these. */
  private static byte[] bytes(@Nullable String text) {
    return text == null ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the page: the next event begins another. */
  void endPage() {
    if (count > 0) {
      closed.add(new Page(open, first, size));
      bytes += size;
      first += count;
      open++;
      count = 0;
      size = HEADER;
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
  void read(Consumer<Entry> to) {
    closed.forEach(page -> read(ByteBuffer.wrap(page(page.number())), to));
    if (count > 0) {
      read(ByteBuffer.wrap(buffer, 0, size), to);
    }
  }

  private static void read(ByteBuffer in, Consumer<Entry> to) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "events taken are stored in version %d, this program reads %d"
              .formatted(version, VERSION));
    }
    long number = in.getLong();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      String stream = text(in, in.getInt());
      long received = in.getLong();
      String topic = text(in, in.getInt());
      var source = new Coordinates(topic, in.getInt(), in.getLong());
      String trace = text(in, in.getInt());
      String sentAs = text(in, in.getInt());
      byte[] payload = new byte[in.getInt()];
      in.get(payload);
      to.accept(
          new Entry(number + i, stream, received, source, orNull(trace), orNull(sentAs), payload));
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String text(ByteBuffer in, int length) {
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
