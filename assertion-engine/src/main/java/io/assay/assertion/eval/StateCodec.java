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
  static final int VERSION = 3;

  /** All events kept were in a row. */
  private static final int IN_A_ROW = 2;

  /** Without the newest event's time of arrival: time alone decides nothing until one comes. */
  private static final int WITHOUT_ARRIVAL = 1;

  private final StreamType stream;
  private final long shape;
  private final List<String> judgementHashes;

  StateCodec(StreamType stream, List<String> judgementHashes) {
    this.stream = stream;
    this.shape = shapeOf(stream);
    this.judgementHashes = judgementHashes;
  }

  /** Changes with the fields of the stream: rows of another shape cannot be read. */
  static long shapeOf(StreamType stream) {
    return Hashes.shortOf(stream.name(), stream.root().toString());
  }

  byte[] write(KeyState state) {
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    StateWriter shared = new StateWriter();
    writeShared(state, shared);
    out.writeBytes(shared.toBytes());
    out.writeUnsigned(judgementHashes.size());
    for (int i = 0; i < judgementHashes.size(); i++) {
      out.writeText(judgementHashes.get(i));
      StateWriter part = new StateWriter();
      MemoryCodec.write(state.memories.get(i), part);
      out.writeBytes(part.toBytes());
    }
    return out.toBytes();
  }

  void read(KeyState state, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = in.readByte();
    if (version < WITHOUT_ARRIVAL || version > VERSION) {
      throw new IllegalArgumentException(
          "a key's state needs version %d or older, got %d".formatted(VERSION, version));
    }
    boolean same = readShared(state, version, new StateReader(in.readBytes()));
    int parts = in.readCount();
    for (int i = 0; i < parts; i++) {
      String hash = in.readText();
      byte[] part = in.readBytes();
      for (int j = 0; j < judgementHashes.size(); j++) {
        // of another shape of the stream no part is left, as judgement hashes cover the shape
        if (same && judgementHashes.get(j).equals(hash)) {
          MemoryCodec.read(state.memories.get(j), new StateReader(part));
        }
      }
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private void writeShared(KeyState state, StateWriter out) {
    out.writeFixed(shape);
    out.writeFixed(state.latest);
    out.writeFixed(state.newest);
    out.writeFixed(state.newestReceived);
    out.writeFixed(state.judged);
    out.writeUnsigned(state.ordinal);
    out.writeUnsigned(state.ids.size());
    for (int i = 0; i < state.ids.size(); i++) {
      out.writeFixed(state.ids.hash(i));
      out.writeFixed(state.ids.time(i));
    }
    writeHistory(state.history, out);
    out.writeUnsigned(state.waiting.size());
    state.waiting.forEach(event -> writeEvent(event, out));
  }

  private boolean readShared(KeyState state, int version, StateReader in) {
    boolean same = in.readFixed() == shape;
    state.latest = in.readFixed();
    state.newest = version == WITHOUT_ARRIVAL ? state.latest : in.readFixed();
    state.newestReceived = version == WITHOUT_ARRIVAL ? Long.MIN_VALUE : in.readFixed();
    state.judged = in.readFixed();
    state.ordinal = (int) in.readUnsigned();
    int ids = in.readCount();
    for (int i = 0; i < ids; i++) {
      state.ids.add(in.readFixed(), in.readFixed());
    }
    if (!same) {
      return false;
    }
    readHistory(state.history, version, in);
    int waiting = in.readCount();
    for (int i = 0; i < waiting; i++) {
      state.waiting.add(readEvent(state.key(), in));
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
    return true;
  }

  private static void writeHistory(History history, StateWriter out) {
    out.writeUnsigned(history.older().size());
    for (Past past : history.older()) {
      out.writeUnsigned(past.sequence());
      writePast(past, out);
    }
    long first = history.next() - history.sizeOfRing();
    out.writeUnsigned(first);
    out.writeUnsigned(history.sizeOfRing());
    for (Past past : history.between(first, Long.MAX_VALUE)) {
      writePast(past, out);
    }
  }

  private void readHistory(History history, int version, StateReader in) {
    int older = version <= IN_A_ROW ? 0 : in.readCount();
    for (int i = 0; i < older; i++) {
      history.restoreOlder(readPast(stream, in.readUnsigned(), in));
    }
    long sequence = in.readUnsigned();
    int pasts = in.readCount();
    for (int i = 0; i < pasts; i++) {
      history.add(readPast(stream, sequence + i, in));
    }
  }

  static void writePast(Past past, StateWriter out) {
    out.writeText(past.id());
    out.writeLong(past.at());
    out.writeUnsigned(past.ordinal());
    writeSource(past.source(), out);
    writeOptional(past.version(), out);
    Row row = past.row();
    out.writeByte(row == null ? 0 : 1);
    if (row != null) {
      ValueCodec.writeRow(row, out);
    }
  }

  static Past readPast(StreamType stream, long sequence, StateReader in) {
    return new Past(
        sequence,
        in.readText(),
        in.readLong(),
        (int) in.readUnsigned(),
        readSource(in),
        readOptional(in),
        in.readByte() == 0 ? null : ValueCodec.readRow(stream.root(), in));
  }

  private static void writeEvent(Event event, StateWriter out) {
    out.writeLong(event.at());
    out.writeLong(event.received());
    writeOptional(event.declaredId(), out);
    ValueCodec.writeRow(event.root(), out);
    out.writeUnsigned(event.problems().size());
    for (Event.Problem problem : event.problems()) {
      out.writeText(problem.path());
      out.writeText(problem.needed());
      out.writeText(problem.came());
    }
    writeSource(event.source(), out);
    writeOptional(event.trace(), out);
  }

  private Event readEvent(String key, StateReader in) {
    long at = in.readLong();
    long received = in.readLong();
    String id = readOptional(in);
    Row row = ValueCodec.readRow(stream.root(), in);
    int count = in.readCount();
    List<Event.Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(new Event.Problem(in.readText(), in.readText(), in.readText()));
    }
    return new Event(
        stream, key, at, received, id, row, problems, readSource(in), readOptional(in));
  }

  private static void writeSource(Coordinates source, StateWriter out) {
    out.writeText(source.topic());
    out.writeLong(source.partition());
    out.writeLong(source.offset());
  }

  private static Coordinates readSource(StateReader in) {
    return new Coordinates(in.readText(), (int) in.readLong(), in.readLong());
  }

  private static void writeOptional(@Nullable String text, StateWriter out) {
    out.writeByte(text == null ? 0 : 1);
    if (text != null) {
      out.writeText(text);
    }
  }

  private static @Nullable String readOptional(StateReader in) {
    return in.readByte() == 0 ? null : in.readText();
  }

  /**
   * Puts an event in its place. Of one instant the order is by id and then by content, so that it
   * does not hang on the order of arrival.
   */
  void insert(List<Event> waiting, Event event) {
    int place = waiting.size();
    while (place > 0 && compare(event, waiting.get(place - 1)) < 0) {
      place--;
    }
    waiting.add(place, event);
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
