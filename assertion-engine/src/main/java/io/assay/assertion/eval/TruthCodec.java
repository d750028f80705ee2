package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits for truth, and what has turned out to be true of an event, as bytes. */
final class TruthCodec {
  /** Raised by any change of the layout; others are refused. */
  private static final int VERSION = 2;

  private final StreamType stream;
  private final RowShapes shapes;
  private final Set<String> names;

  /** {@code names}: the truths that are waited for; others are not read back. */
  TruthCodec(StreamType stream, Set<String> names) {
    this.stream = stream;
    this.shapes = new RowShapes(stream);
    this.names = Set.copyOf(names);
  }

  RowShapes shapes() {
    return shapes;
  }

  byte[] write(TruthState state) {
    StateWriter out = new StateWriter();
    writeHead(out);
    out.writeFixed(state.clock);
    out.writeUnsigned(state.entries.size());
    state.ends.forEach((end, ids) -> ids.forEach(id -> write(id, state.entry(id), out)));
    return out.toBytes();
  }

  private void writeHead(StateWriter out) {
    out.writeByte(VERSION);
    out.writeFixed(shapes.hash());
  }

  private static void write(String id, TruthState.Entry entry, StateWriter out) {
    out.writeText(id);
    out.writeLong(entry.end);
    out.writeUnsigned(entry.events.size());
    for (TruthState.Waiting one : entry.events) {
      out.writeText(one.note());
      out.writeText(one.event().key());
      StateCodec.writeEvent(one.event(), out);
    }
    out.writeUnsigned(entry.truths.size());
    entry.truths.forEach(
        (name, came) -> {
          out.writeText(name);
          ValueCodec.write(came.value(), out);
          out.writeLong(came.at());
          out.writeByte(came.used() ? 1 : 0);
        });
  }

  TruthState read(TruthState state, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    RowShape rows = readHead(in);
    state.clock = in.readFixed();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      read(state, rows, in);
    }
    return state;
  }

  /** Returns which fields the rows have that follow. */
  private RowShape readHead(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "what waits for truth needs version %d, got %d".formatted(VERSION, version));
    }
    RowShape rows = shapes.of(in.readFixed());
    if (rows == null) {
      throw new IllegalArgumentException(
          "what waits for truth is of other fields than stream '%s' has, and nobody has told which"
              .formatted(stream.name()));
    }
    return rows;
  }

  private void read(TruthState state, RowShape rows, StateReader in) {
    String id = in.readText();
    TruthState.Entry entry = state.entry(id);
    state.keepUntil(id, entry, in.readLong());
    int events = in.readCount();
    for (int i = 0; i < events; i++) {
      String note = in.readText();
      Event event = StateCodec.readEvent(stream, rows, in.readText(), in);
      entry.events.add(new TruthState.Waiting(event, note));
    }
    int known = in.readCount();
    for (int i = 0; i < known; i++) {
      String name = in.readText();
      Object value = ValueCodec.read(in);
      TruthState.Came came = new TruthState.Came(value, in.readLong(), in.readByte() != 0);
      if (names.contains(name)) {
        entry.truths.put(name, came);
      }
    }
  }

  byte[] write(Informed informed) {
    StateWriter out = new StateWriter();
    writeHead(out);
    out.writeText(informed.note());
    out.writeText(informed.event().key());
    StateCodec.writeEvent(informed.event(), out);
    for (Map<String, Object> known : List.of(informed.before(), informed.now())) {
      out.writeUnsigned(known.size());
      known.forEach(
          (name, value) -> {
            out.writeText(name);
            ValueCodec.write(value, out);
          });
    }
    return out.toBytes();
  }

  Informed readInformed(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    RowShape rows = readHead(in);
    String note = in.readText();
    Event event = StateCodec.readEvent(stream, rows, in.readText(), in);
    return new Informed(event, readKnown(in), readKnown(in), note);
  }

  private static Map<String, Object> readKnown(StateReader in) {
    Map<String, Object> known = new HashMap<>();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      known.put(in.readText(), ValueCodec.read(in));
    }
    return known;
  }
}
