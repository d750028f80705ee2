package io.assay.assertion.eval;

import io.assay.assertion.event.StreamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The state of a key in connected streams as bytes: that of each stream, then of the joins. */
final class GroupCodec {
  /** Raised by any change of the layout; older ones are read by code that stays, or refused. */
  private static final int VERSION = 1;

  private final List<StreamType> streams;
  private final List<JoinJudgement> joins;

  /** {@code joins}: may still grow until the first state is written. */
  GroupCodec(List<StreamType> streams, List<JoinJudgement> joins) {
    this.streams = streams;
    this.joins = joins;
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
    for (StreamType stream : streams) {
      out.writeText(stream.name());
      StateWriter buffer = new StateWriter();
      writeBuffer(stream, state.buffer(stream.name()), buffer);
      out.writeBytes(buffer.toBytes());
    }
    out.writeUnsigned(joins.size());
    for (int i = 0; i < joins.size(); i++) {
      out.writeText(joins.get(i).assertion().judgementHash());
      StateWriter memory = new StateWriter();
      memory.writeLong(state.next[i]);
      MemoryCodec.write(state.memories.get(i), memory);
      out.writeBytes(memory.toBytes());
    }
    return out.toBytes();
  }

  void read(GroupState state, byte[] bytes, BiConsumer<String, byte[]> part) {
    StateReader in = new StateReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a key's state needs version %d, got %d".formatted(VERSION, version));
    }
    Set<String> known = streams.stream().map(StreamType::name).collect(Collectors.toSet());
    int parts = in.readCount();
    for (int i = 0; i < parts; i++) {
      String stream = in.readText();
      byte[] own = in.readBytes();
      if (known.contains(stream)) {
        part.accept(stream, own);
      }
    }
    for (int i = 0; i < parts; i++) {
      String stream = in.readText();
      byte[] buffer = in.readBytes();
      streams.stream()
          .filter(one -> one.name().equals(stream))
          .forEach(one -> readBuffer(one, state.buffer(stream), new StateReader(buffer)));
    }
    int memories = in.readCount();
    List<String> hashes = joins.stream().map(join -> join.assertion().judgementHash()).toList();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < memories; i++) {
      String hash = in.readText();
      StateReader memory = new StateReader(in.readBytes());
      int place = hashes.indexOf(hash);
      if (place >= 0) {
        state.next[place] = memory.readLong();
        MemoryCodec.read(state.memories.get(place), memory);
        read.add(hash);
      }
    }
    // a join that is new begins with the next event, not with what others have kept
    for (int i = 0; i < hashes.size(); i++) {
      if (!read.contains(hashes.get(i))) {
        String own = joins.get(i).assertion().on().name();
        List<Past> events = state.buffer(own).events();
        state.next[i] = events.isEmpty() ? 0 : events.getLast().sequence() + 1;
      }
    }
  }

  private static void writeBuffer(StreamType stream, Buffer buffer, StateWriter out) {
    out.writeFixed(StateCodec.shapeOf(stream));
    out.writeFixed(buffer.clock());
    out.writeUnsigned(buffer.events().size());
    for (Past past : buffer.events()) {
      out.writeUnsigned(past.sequence());
      StateCodec.writePast(past, out);
    }
  }

  /** Events of another shape of the stream are no partners any more. */
  private static void readBuffer(StreamType stream, Buffer buffer, StateReader in) {
    boolean same = in.readFixed() == StateCodec.shapeOf(stream);
    buffer.passTo(in.readFixed());
    int count = same ? in.readCount() : 0;
    for (int i = 0; i < count; i++) {
      long sequence = in.readUnsigned();
      buffer.add(StateCodec.readPast(stream, sequence, in));
    }
  }
}
