package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.DeclaredStream.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Joins what turned out to be true to the events of a stream, by their id.
 *
 * <p>Either may come first. Of each id the first truth to arrive counts; one that is of no event,
 * is said again, or came longer after its event than {@code within} is told, and changes nothing.
 * What waits is kept until {@code within} has passed by the stream's event time, and no longer.
 */
public final class TruthJoin {
  private static final int VERSION = 1;

  private final StreamType stream;
  private final Map<String, Truth> truths;
  private final long longest;

  private TruthJoin(StreamType stream, Map<String, Truth> truths) {
    this.stream = stream;
    this.truths = Map.copyOf(truths);
    this.longest = truths.values().stream().mapToLong(Truth::withinNanos).max().orElseThrow();
  }

  /** Where assertions on the stream wait for a truth. */
  public static Optional<TruthJoin> of(CheckedRules rules, StreamType stream) {
    Map<String, Truth> truths = new LinkedHashMap<>();
    rules.on(stream).stream()
        .flatMap(assertion -> assertion.context().truths().stream())
        .map(Context.Awaited::truth)
        .forEach(truth -> truths.put(truth.name(), truth));
    return truths.isEmpty() ? Optional.empty() : Optional.of(new TruthJoin(stream, truths));
  }

  /** The truths that are waited for. */
  public Set<String> names() {
    return truths.keySet();
  }

  public TruthState newState() {
    return new TruthState();
  }

  /**
   * An event that its key's judge has taken: what is known of it already.
   *
   * @param out is told of truths that waited for it
   */
  public Informed event(TruthState state, Event event, Verdicts out) {
    state.clock = Math.max(state.clock, event.at() - stream.latenessNanos());
    String id = event.declaredId();
    if (id == null) {
      return new Informed(event, Map.of(), Map.of());
    }
    TruthState.Entry entry = state.entry(id);
    entry.events.add(event);
    state.keepUntil(id, entry, event.at() + longest);
    Map<String, Object> known = new HashMap<>();
    entry.truths.replaceAll(
        (name, came) -> {
          if (isLate(name, came.at(), event)) {
            return came;
          }
          known.put(name, came.value());
          if (!came.used()) {
            out.truth(name, id, TruthFate.USED);
          }
          return new TruthState.Came(came.value(), came.at(), true);
        });
    forget(state, out);
    return new Informed(event, Map.of(), known);
  }

  private boolean isLate(String name, long at, Event event) {
    return at - event.at() > Objects.requireNonNull(truths.get(name)).withinNanos();
  }

  /**
   * A truth has come.
   *
   * @param came an event of {@link Truth#events}: its key is the id
   * @return the events that it is of
   */
  public List<Informed> truth(TruthState state, Event came, Verdicts out) {
    String name = came.stream().name();
    StructType.Field field = came.stream().root().field(name).orElseThrow();
    Row row = came.root();
    if (!truths.containsKey(name)) {
      return List.of();
    }
    if (row.state(field.index()) != Row.PRESENT) {
      out.truth(name, came.key(), TruthFate.EMPTY);
      return List.of();
    }
    TruthState.Entry entry = state.entry(came.key());
    if (entry.truths.containsKey(name)) {
      out.truth(name, came.key(), TruthFate.REPEATED);
      return List.of();
    }
    List<Event> own = entry.events.stream().filter(e -> !isLate(name, came.at(), e)).toList();
    if (own.isEmpty() && !entry.events.isEmpty()) {
      out.truth(name, came.key(), TruthFate.LATE);
      return List.of();
    }
    if (!own.isEmpty()) {
      out.truth(name, came.key(), TruthFate.USED);
    }
    Object value = value(row, field);
    List<Informed> informed = new ArrayList<>();
    for (Event event : own) {
      Map<String, Object> before = known(entry, event);
      Map<String, Object> now = new HashMap<>(before);
      now.put(name, value);
      informed.add(new Informed(event, before, now));
    }
    entry.truths.put(name, new TruthState.Came(value, came.at(), !own.isEmpty()));
    state.keepUntil(came.key(), entry, came.at() + longest);
    return informed;
  }

  private Map<String, Object> known(TruthState.Entry entry, Event event) {
    Map<String, Object> known = new HashMap<>();
    entry.truths.forEach(
        (name, came) -> {
          if (!isLate(name, came.at(), event)) {
            known.put(name, came.value());
          }
        });
    return known;
  }

  private static Object value(Row row, StructType.Field field) {
    if (field.type() == Type.Basic.BOOL) {
      return row.getLong(field.slot()) != 0;
    }
    if (field.type().isFloating()) {
      return row.getDouble(field.slot());
    }
    return field.type().isPrimitive()
        ? (Object) row.getLong(field.slot())
        : Objects.requireNonNull(row.getReference(field.slot()));
  }

  /** What is over: nobody will ask for it any more. */
  private static void forget(TruthState state, Verdicts out) {
    while (!state.ends.isEmpty() && state.ends.firstKey() < state.clock) {
      state.ends.pollFirstEntry().getValue().forEach(id -> end(state, id, out));
    }
  }

  private static void end(TruthState state, String id, Verdicts out) {
    TruthState.Entry entry = state.entries.remove(id);
    if (entry != null) {
      entry.truths.forEach(
          (name, came) -> {
            if (!came.used()) {
              boolean late = !entry.events.isEmpty();
              out.truth(name, id, late ? TruthFate.LATE : TruthFate.UNKNOWN);
            }
          });
    }
  }

  /** The recording is over: truths that wait for an event are of none. */
  public void finish(TruthState state, Verdicts out) {
    state.ends.values().forEach(ids -> ids.forEach(id -> end(state, id, out)));
    state.ends.clear();
  }

  /** The state as bytes, versioned. */
  public byte[] snapshot(TruthState state) {
    StateWriter out = new StateWriter();
    out.writeByte(VERSION);
    out.writeFixed(StateCodec.shapeOf(stream));
    out.writeFixed(state.clock);
    out.writeUnsigned(state.entries.size());
    state.ends.forEach((end, ids) -> ids.forEach(id -> write(id, state.entry(id), out)));
    return out.toBytes();
  }

  private static void write(String id, TruthState.Entry entry, StateWriter out) {
    out.writeText(id);
    out.writeLong(entry.end);
    out.writeUnsigned(entry.events.size());
    for (Event event : entry.events) {
      out.writeText(event.key());
      StateCodec.writeEvent(event, out);
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

  /**
   * A state from its bytes. Events of another shape of the stream are forgotten.
   *
   * @throws IllegalArgumentException where the bytes are not those of a state
   */
  public TruthState restore(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    TruthState state = newState();
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "what waits for truth needs version %d, got %d".formatted(VERSION, version));
    }
    boolean same = in.readFixed() == StateCodec.shapeOf(stream);
    state.clock = in.readFixed();
    int count = same ? in.readCount() : 0;
    for (int i = 0; i < count; i++) {
      read(state, in);
    }
    return state;
  }

  private void read(TruthState state, StateReader in) {
    String id = in.readText();
    TruthState.Entry entry = state.entry(id);
    state.keepUntil(id, entry, in.readLong());
    int events = in.readCount();
    for (int i = 0; i < events; i++) {
      entry.events.add(StateCodec.readEvent(stream, in.readText(), in));
    }
    int known = in.readCount();
    for (int i = 0; i < known; i++) {
      String name = in.readText();
      Object value = ValueCodec.read(Type.Basic.DYN, in);
      TruthState.Came came = new TruthState.Came(value, in.readLong(), in.readByte() != 0);
      if (truths.containsKey(name)) {
        entry.truths.put(name, came);
      }
    }
  }
}
