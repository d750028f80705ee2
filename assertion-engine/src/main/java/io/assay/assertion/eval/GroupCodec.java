package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The state of a key in connected streams as bytes: that of each stream, then of what is judged
 * after them.
 */
final class GroupCodec {
  /** Raised by any change of the layout; older ones are read by code that stays, or refused. */
  static final int VERSION = 5;

  /** Each text, time and number as it is. */
  private static final int WIDE = 4;

  /** The same, around older states of the streams. */
  private static final int OLDER_STREAMS = 3;

  /** One stream's own state, and nothing else: what there was before streams were joined. */
  private static final int ONE_STREAM = 1;

  /** Joins follow no identities through events. */
  private static final History NO_HISTORY = new History();

  private final List<StreamType> streams;
  private final Map<String, RowShapes> shapes;
  private final List<JoinJudgement> joins;

  GroupCodec(List<StreamType> streams, Map<String, RowShapes> shapes, List<JoinJudgement> joins) {
    this.streams = streams;
    this.joins = joins;
    this.shapes = Map.copyOf(shapes);
  }

  byte[] write(GroupState state, Map<String, byte[]> parts) {
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    out.writeUnsigned(parts.size());
    parts.forEach(
        (stream, part) -> {
          out.writeText(stream);
          out.writeBytes(part);
        });
    writeWakes(state, out);
    out.writeByte(joins.isEmpty() ? 0 : 1);
    if (!joins.isEmpty()) {
      StateWriter body = StateWriter.compact();
      writeBuffers(state, body);
      writeMemories(state, body);
      writeTold(state, body);
      out.writeAll(body);
    }
    return out.toBytes();
  }

  void read(GroupState state, byte[] bytes, BiConsumer<String, byte[]> part) {
    StateReader in = new StateReader(bytes);
    int version = in.readByte();
    if (version == ONE_STREAM && streams.size() == 1) {
      part.accept(streams.getFirst().name(), bytes);
      return;
    }
    if (version < OLDER_STREAMS || version > VERSION) {
      throw new IllegalArgumentException(
          "the state of a key of %d streams needs version %d or older, got %d"
              .formatted(streams.size(), VERSION, version));
    }
    readParts(in, part);
    int wakes = in.readCount();
    for (int i = 0; i < wakes; i++) {
      state.wakes.put(in.readText(), in.readFixed());
    }
    Set<String> read = Set.of();
    if (in.readByte() != 0) {
      if (version > WIDE) {
        in.readTexts();
      }
      readBuffers(state, in);
      read = readMemories(state, in);
      readTold(state, in);
    }
    beginNew(state, read);
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private void readParts(StateReader in, BiConsumer<String, byte[]> part) {
    Set<String> known = streams.stream().map(StreamType::name).collect(Collectors.toSet());
    int parts = in.readCount();
    for (int i = 0; i < parts; i++) {
      String stream = in.readText();
      byte[] own = in.readBytes();
      if (known.contains(stream)) {
        part.accept(stream, own);
      }
    }
  }

  private static void writeWakes(GroupState state, StateWriter out) {
    out.writeUnsigned(state.wakes.size());
    state.wakes.forEach(
        (stream, time) -> {
          out.writeText(stream);
          out.writeFixed(time);
        });
  }

  private void writeBuffers(GroupState state, StateWriter out) {
    out.writeUnsigned(streams.size());
    for (StreamType stream : streams) {
      out.writeText(stream.name());
      int buffer = out.begin();
      writeBuffer(stream, state, out);
      out.end(buffer);
    }
  }

  private void readBuffers(GroupState state, StateReader in) {
    int buffers = in.readCount();
    for (int i = 0; i < buffers; i++) {
      String name = in.readText();
      StateReader buffer = in.readPart();
      for (StreamType stream : streams) {
        if (stream.name().equals(name)) {
          readBuffer(stream, state, buffer);
        }
      }
    }
  }

  private void writeMemories(GroupState state, StateWriter out) {
    out.writeUnsigned(joins.size());
    for (int i = 0; i < joins.size(); i++) {
      out.writeText(joins.get(i).assertion().judgementHash());
      int memory = out.begin();
      out.writeLong(state.next[i]);
      MemoryCodec.write(state.memories.get(i), NO_HISTORY, out);
      out.end(memory);
    }
  }

  /** Returns the hashes that were found. */
  private Set<String> readMemories(GroupState state, StateReader in) {
    List<String> hashes = joins.stream().map(join -> join.assertion().judgementHash()).toList();
    Set<String> read = new HashSet<>();
    int memories = in.readCount();
    for (int i = 0; i < memories; i++) {
      String hash = in.readText();
      StateReader memory = in.readPart();
      int place = hashes.indexOf(hash);
      if (place >= 0) {
        state.next[place] = memory.readLong();
        MemoryCodec.read(state.memories.get(place), NO_HISTORY, memory);
        if (!memory.atEnd()) {
          throw memory.broken("its end");
        }
        read.add(hash);
      }
    }
    return read;
  }

  private static void writeTold(GroupState state, StateWriter out) {
    out.writeUnsigned(state.told.size());
    state.told.forEach(
        (assertion, said) -> {
          out.writeText(assertion);
          out.writeUnsigned(said.size());
          said.forEach(
              (sequence, outcome) -> {
                out.writeUnsigned(sequence);
                out.writeByte(outcome == Outcomes.Outcome.VIOLATED ? 1 : 0);
              });
        });
  }

  private static void readTold(GroupState state, StateReader in) {
    int assertions = in.readCount();
    for (int i = 0; i < assertions; i++) {
      NavigableMap<Long, Outcomes.Outcome> said = new TreeMap<>();
      String assertion = in.readText();
      int events = in.readCount();
      for (int j = 0; j < events; j++) {
        long sequence = in.readUnsigned();
        said.put(
            sequence, in.readByte() == 1 ? Outcomes.Outcome.VIOLATED : Outcomes.Outcome.UNDECIDED);
      }
      state.told.put(assertion, said);
    }
  }

  /** One that is new begins with the next event, not with what others have kept. */
  private void beginNew(GroupState state, Set<String> read) {
    for (int i = 0; i < joins.size(); i++) {
      CheckedAssertion assertion = joins.get(i).assertion();
      if (!read.contains(assertion.judgementHash())) {
        state.next[i] = state.of(assertion.on().name()).history.next();
      }
    }
  }

  private void writeBuffer(StreamType stream, GroupState state, StateWriter out) {
    Buffer buffer = state.buffer(stream.name());
    out.writeFixed(shapes(stream).hash());
    out.writeFixed(buffer.clock());
    out.tellFrom(buffer.clock(), 0);
    out.writeUnsigned(buffer.events().size());
    PastCodec pasts = new PastCodec(shapes(stream).now(), state.of(stream.name()).names);
    for (Past past : buffer.events()) {
      out.writeUnsigned(past.sequence());
      pasts.write(past, out);
    }
    out.tellFrom(0, 0);
  }

  /** Events of which nobody knows the fields are no partners any more. */
  private void readBuffer(StreamType stream, GroupState state, StateReader in) {
    Buffer buffer = state.buffer(stream.name());
    RowShape rows = shapes(stream).of(in.readFixed());
    buffer.passTo(in.readFixed());
    in.tellFrom(buffer.clock(), 0);
    if (rows == null) {
      return;
    }
    int count = in.readCount();
    PastCodec pasts = new PastCodec(rows, state.of(stream.name()).names);
    for (int i = 0; i < count; i++) {
      buffer.add(pasts.read(in.readUnsigned(), in));
    }
  }

  private RowShapes shapes(StreamType stream) {
    return Objects.requireNonNull(shapes.get(stream.name()));
  }
}
