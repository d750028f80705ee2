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
import java.util.OptionalLong;
import java.util.Set;

/**
 * Joins what turned out to be true to the events of a stream, by their id.
 *
 * <p>Either may come first. Of each id the first truth to arrive counts; one that is of no event,
 * is said again, or came longer after its event than {@code within} is told, and changes nothing.
 * What waits is kept until {@code within} has passed by the stream's event time, and no longer; a
 * truth that came longer than that before an event is not of it, whether or not it is still kept.
 *
 * <p>A state may be of all ids or of one: ids know nothing of each other but the time.
 */
public final class TruthJoin {
  private final StreamType stream;
  private final Map<String, Truth> truths;
  private final long longest;
  private final TruthCodec codec;

  private TruthJoin(StreamType stream, Map<String, Truth> truths) {
    this.stream = stream;
    this.truths = Map.copyOf(truths);
    this.longest = truths.values().stream().mapToLong(Truth::withinNanos).max().orElseThrow();
    this.codec = new TruthCodec(stream, truths.keySet());
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

  /** Which fields stored events have, by a hash: to be stored beside what waits. */
  public Map<Long, byte[]> fields() {
    return codec.shapes().told();
  }

  /**
   * Takes in what {@link #fields} gave under rules before these; then their bytes are read, too.
   */
  public void learn(byte[] fields) {
    codec.shapes().learn(fields);
  }

  /**
   * Hashes of fields that were {@link #learn learned} and are not those of now, and that nothing
   * restored since has had: once all states were restored, nobody needs them any more.
   */
  public Set<Long> unmetFields() {
    return codec.shapes().unmet();
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
    return event(state, event, "", out);
  }

  /** Likewise; {@code note} is told with the event whenever something is known of it. */
  public Informed event(TruthState state, Event event, String note, Verdicts out) {
    state.clock = Math.max(state.clock, event.at() - stream.latenessNanos());
    String id = event.declaredId();
    if (id == null) {
      return new Informed(event, Map.of(), Map.of(), note);
    }
    TruthState.Entry entry = state.entry(id);
    entry.events.add(new TruthState.Waiting(event, note));
    state.keepUntil(id, entry, event.at() + longest);
    Map<String, Object> known = new HashMap<>();
    entry.truths.replaceAll(
        (name, came) -> {
          if (!isOf(name, came.at(), event)) {
            return came;
          }
          known.put(name, came.value());
          if (!came.used()) {
            out.truth(name, id, TruthFate.USED);
          }
          return new TruthState.Came(came.value(), came.at(), true);
        });
    forget(state, out);
    return new Informed(event, Map.of(), known, note);
  }

  private boolean isLate(String name, long at, Event event) {
    return at - event.at() > within(name);
  }

  /** Whether it came neither too long behind the event nor too long before it. */
  private boolean isOf(String name, long at, Event event) {
    return Math.abs(at - event.at()) <= within(name);
  }

  private long within(String name) {
    return Objects.requireNonNull(truths.get(name)).withinNanos();
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
    List<TruthState.Waiting> own =
        entry.events.stream().filter(one -> isOf(name, came.at(), one.event())).toList();
    if (own.isEmpty() && isLateForAny(entry, name, came.at())) {
      out.truth(name, came.key(), TruthFate.LATE);
      return List.of();
    }
    if (!own.isEmpty()) {
      out.truth(name, came.key(), TruthFate.USED);
    }
    Object value = value(row, field);
    List<Informed> informed = new ArrayList<>();
    for (TruthState.Waiting one : own) {
      Map<String, Object> before = known(entry, one.event());
      Map<String, Object> now = new HashMap<>(before);
      now.put(name, value);
      informed.add(new Informed(one.event(), before, now, one.note()));
    }
    entry.truths.put(name, new TruthState.Came(value, came.at(), !own.isEmpty()));
    state.keepUntil(came.key(), entry, came.at() + longest);
    return informed;
  }

  private boolean isLateForAny(TruthState.Entry entry, String name, long at) {
    return entry.events.stream().anyMatch(one -> isLate(name, at, one.event()));
  }

  private Map<String, Object> known(TruthState.Entry entry, Event event) {
    Map<String, Object> known = new HashMap<>();
    entry.truths.forEach(
        (name, came) -> {
          if (isOf(name, came.at(), event)) {
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
  private void forget(TruthState state, Verdicts out) {
    while (!state.ends.isEmpty() && state.ends.firstKey() < state.clock) {
      state.ends.pollFirstEntry().getValue().forEach(id -> end(state, id, out));
    }
  }

  private void end(TruthState state, String id, Verdicts out) {
    TruthState.Entry entry = state.entries.remove(id);
    if (entry != null) {
      entry.truths.forEach(
          (name, came) -> {
            if (!came.used()) {
              boolean late = isLateForAny(entry, name, came.at());
              out.truth(name, id, late ? TruthFate.LATE : TruthFate.UNKNOWN);
            }
          });
    }
  }

  /** Up to when, by the stream's event time, something is kept; empty where nothing is. */
  public OptionalLong keptUntil(TruthState state) {
    return state.ends.isEmpty() ? OptionalLong.empty() : OptionalLong.of(state.ends.lastKey());
  }

  /** All is over, or the recording is: truths that wait for an event are of none. */
  public void finish(TruthState state, Verdicts out) {
    state.ends.values().forEach(ids -> ids.forEach(id -> end(state, id, out)));
    state.ends.clear();
  }

  /** The state as bytes, versioned. */
  public byte[] snapshot(TruthState state) {
    return codec.write(state);
  }

  /**
   * A state from its bytes.
   *
   * @throws IllegalArgumentException where the bytes are not those of a state, or its events had
   *     other fields
   */
  public TruthState restore(byte[] bytes) {
    return codec.read(newState(), bytes);
  }

  /** What has turned out to be true of an event, as bytes, for whoever counts it again. */
  public byte[] snapshot(Informed informed) {
    return codec.write(informed);
  }

  /**
   * Reads {@link #snapshot(Informed)}.
   *
   * @throws IllegalArgumentException where the bytes are none, or the event had other fields
   */
  public Informed restoreInformed(byte[] bytes) {
    return codec.readInformed(bytes);
  }
}
