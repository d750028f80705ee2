package io.assay.assertion.eval;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key's state as bytes: a version, what all assertions share, and one part for each judgement
 * hash, so that a part can be dropped or begun without the others.
 */
final class StateCodec {
  /** Raised by any change of the layout; older ones are read by code that stays, or refused. */
  static final int VERSION = 4;

  /** Each text, time and number as it is. */
  private static final int WIDE = 3;

  /** All events kept were in a row. */
  private static final int IN_A_ROW = 2;

  /** Without the newest event's time of arrival: time alone decides nothing until one comes. */
  private static final int WITHOUT_ARRIVAL = 1;

  private final StreamType stream;
  private final RowShapes shapes;
  private final List<String> judgementHashes;
  private final long[] shortHashes;

  StateCodec(StreamType stream, List<String> judgementHashes) {
    this.stream = stream;
    this.shapes = new RowShapes(stream);
    this.judgementHashes = judgementHashes;
    this.shortHashes = judgementHashes.stream().mapToLong(Hashes::shortOf).toArray();
  }

  RowShapes shapes() {
    return shapes;
  }

  byte[] write(KeyState state) {
    StateWriter body = StateWriter.compact();
    body.tellFrom(state.latest, state.history.next());
    int shared = body.begin();
    writeShared(state, body);
    body.end(shared);
    body.writeUnsigned(shortHashes.length);
    for (int i = 0; i < shortHashes.length; i++) {
      body.writeFixed(shortHashes[i]);
      int part = body.begin();
      writeMemory(state, state.memories.get(i), body);
      body.end(part);
    }
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    out.writeAll(body);
    return out.toBytes();
  }

  void read(KeyState state, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = in.readByte();
    if (version < WITHOUT_ARRIVAL || version > VERSION) {
      throw new IllegalArgumentException(
          "a key's state needs version %d or older, got %d".formatted(VERSION, version));
    }
    if (version > WIDE) {
      in.readTexts();
    }
    @Nullable RowShape rows = readShared(state, version, in.readPart());
    state.cut = rows == null;
    in.tellFrom(state.latest, state.history.next());
    int parts = in.readCount();
    for (int i = 0; i < parts; i++) {
      int place = version > WIDE ? placeOf(in.readFixed()) : judgementHashes.indexOf(in.readText());
      StateReader part = in.readPart();
      if (rows != null && place >= 0) {
        readMemory(state, state.memories.get(place), rows, part);
      }
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private void writeMemory(KeyState state, Memory memory, StateWriter out) {
    MemoryCodec.write(memory, state.history, out);
    if (memory.hasHalves() || memory.hasArrived()) {
      PastCodec pasts = new PastCodec(shapes.now(), state.names);
      memory.halves().write(pasts, out);
      memory.arrived().write(pasts, out);
    }
  }

  private static void readMemory(KeyState state, Memory memory, RowShape rows, StateReader in) {
    MemoryCodec.read(memory, state.history, in);
    if (!in.atEnd()) {
      PastCodec pasts = new PastCodec(rows, state.names);
      memory.restore(Halves.read(rows, pasts, in), Halves.read(rows, pasts, in));
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private int placeOf(long shortHash) {
    for (int i = 0; i < shortHashes.length; i++) {
      if (shortHashes[i] == shortHash) {
        return i;
      }
    }
    return -1;
  }

  private void writeShared(KeyState state, StateWriter out) {
    out.writeFixed(shapes.hash());
    out.writeFixed(state.latest);
    out.writeTime(state.newest);
    out.writeTime(state.newestReceived);
    out.writeTime(state.judged);
    out.writeUnsigned(state.ordinal);
    out.writeUnsigned(state.ids.size());
    for (int i = 0; i < state.ids.size(); i++) {
      out.writeFixed(state.ids.hash(i));
      out.writeTime(state.ids.time(i));
    }
    writeHistory(state, out);
    out.writeUnsigned(state.waiting.size());
    state.waiting.forEach(event -> writeEvent(event, out));
  }

  /** Returns which fields the rows have that follow; null where that is not known. */
  private @Nullable RowShape readShared(KeyState state, int version, StateReader in) {
    RowShape rows = shapes.of(in.readFixed());
    state.latest = in.readFixed();
    in.tellFrom(state.latest, 0);
    if (version > WIDE) {
      state.newest = in.readTime();
      state.newestReceived = in.readTime();
      state.judged = in.readTime();
    } else {
      state.newest = version == WITHOUT_ARRIVAL ? state.latest : in.readFixed();
      state.newestReceived = version == WITHOUT_ARRIVAL ? Long.MIN_VALUE : in.readFixed();
      state.judged = in.readFixed();
    }
    state.ordinal = (int) in.readUnsigned();
    int ids = in.readCount();
    for (int i = 0; i < ids; i++) {
      state.ids.add(in.readFixed(), version > WIDE ? in.readTime() : in.readFixed());
    }
    if (rows == null) {
      return null;
    }
    readHistory(state, version, rows, in);
    int waiting = in.readCount();
    for (int i = 0; i < waiting; i++) {
      state.waiting.add(readEvent(stream, rows, state.key(), in));
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
    return rows;
  }

  private void writeHistory(KeyState state, StateWriter out) {
    History history = state.history;
    PastCodec pasts = new PastCodec(shapes.now(), state.names);
    out.writeUnsigned(history.older().size());
    for (Past past : history.older()) {
      out.writeUnsigned(past.sequence());
      pasts.write(past, out);
    }
    long first = history.next() - history.sizeOfRing();
    out.writeUnsigned(first);
    out.writeUnsigned(history.sizeOfRing());
    for (Past past : history.between(first, Long.MAX_VALUE)) {
      pasts.write(past, out);
    }
  }

  private static void readHistory(KeyState state, int version, RowShape rows, StateReader in) {
    PastCodec pasts = new PastCodec(rows, state.names);
    int older = version <= IN_A_ROW ? 0 : in.readCount();
    for (int i = 0; i < older; i++) {
      state.history.restoreOlder(pasts.read(in.readUnsigned(), in));
    }
    long sequence = in.readUnsigned();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      state.history.add(pasts.read(sequence + i, in));
    }
  }

  static void writeEvent(Event event, StateWriter out) {
    out.writeTime(event.at());
    out.writeTime(event.received());
    writeOptional(event.declaredId(), out);
    ValueCodec.writeRow(event.root(), out);
    out.writeUnsigned(event.problems().size());
    for (Event.Problem problem : event.problems()) {
      out.writeName(problem.path());
      out.writeName(problem.needed());
      out.writeName(problem.came());
    }
    Coordinates source = event.source();
    out.writeName(source.topic());
    out.writeLong(source.partition());
    out.writeLong(source.offset());
    writeOptional(event.trace(), out);
  }

  static Event readEvent(StreamType stream, RowShape rows, String key, StateReader in) {
    long at = in.readTime();
    long received = in.readTime();
    String id = readOptional(in);
    Row row = rows.readRow(in);
    int count = in.readCount();
    List<Event.Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(new Event.Problem(in.readName(), in.readName(), in.readName()));
    }
    Coordinates source = new Coordinates(in.readName(), (int) in.readLong(), in.readLong());
    return new Event(stream, key, at, received, id, row, problems, source, readOptional(in));
  }

  private static void writeOptional(@Nullable String text, StateWriter out) {
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      out.writeName(text);
    }
  }

  private static @Nullable String readOptional(StateReader in) {
    return in.readByte() == 0 ? null : in.readName();
  }

  /**
   * Puts an event in its place. Of one instant the order is by id and then by content, so that it
   * does not hang on the order of arrival.
   */
  void insert(List<Event> waiting, Event event) {
    int low = 0;
    int high = waiting.size();
    if (high > 0 && compare(event, waiting.get(high - 1)) >= 0) {
      low = high; // most come in order
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(event, waiting.get(middle)) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    waiting.add(low, event);
  }

  private static int compare(Event a, Event b) {
    if (a.at() != b.at()) {
      return Long.compare(a.at(), b.at());
    }
    String left = a.declaredId();
    String right = b.declaredId();
    if (left != null && right != null && !left.equals(right)) {
      return left.compareTo(right);
    }
    return Arrays.compareUnsigned(content(a), content(b));
  }

  private static byte[] content(Event event) {
    StateWriter out = new StateWriter();
    ValueCodec.writeRow(event.root(), out);
    return out.toBytes();
  }
}
