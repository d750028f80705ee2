package io.assay.assertion.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns payloads of one stream into events, by the stream's own mapping.
 *
 * <p>Compiled once; reads only the fields it is told, and skips all others without making values of
 * them. A wrong value becomes an {@link Event.Problem}; only broken bytes, no key or no time make a
 * payload unreadable. Immutable, for any number of threads.
 */
public final class EventDecoder {
  private final StreamType stream;
  private final RowDecoder root;

  private EventDecoder(StreamType stream, RowDecoder root) {
    this.stream = stream;
    this.root = root;
  }

  /**
   * @param reads dotted paths of the fields to keep, such as {@code boxes.score}; key, time, id and
   *     model version are always read
   */
  public static EventDecoder of(StreamType stream, Set<String> reads) {
    Set<String> all = new HashSet<>(reads);
    all.add(stream.key().name());
    all.add(stream.time().name());
    stream.id().ifPresent(field -> all.add(field.name()));
    stream.version().ifPresent(field -> all.add(field.name()));
    stream.imputed().ifPresent(imputed -> addProvenance(imputed, reads, all));
    return new EventDecoder(stream, RowDecoder.of(stream.root(), all, stream.size()));
  }

  /** Whether a field that is read was there, only its provenance tells. */
  private static void addProvenance(Imputed imputed, Set<String> reads, Set<String> all) {
    for (StructType.Field field : imputed.fields().fields()) {
      if (imputed.of(field).isPresent()
          && reads.contains(imputed.group().name() + "." + field.name())) {
        all.add(String.join(".", imputed.provenance().name(), field.name(), Imputed.CONFIDENCE));
      }
    }
  }

  /**
   * @param trace the W3C traceparent that came with the payload
   * @param receivedNanos when it reached us, nanoseconds since the epoch; {@link Long#MIN_VALUE}
   *     where nobody knows, which takes the event's own time
   */
  public Decoded decode(
      byte[] payload, @Nullable String trace, Coordinates source, long receivedNanos) {
    return switch (root.read(payload)) {
      case RowDecoder.Read.Came(var row, var problems) ->
          readable(row, problems, trace, source, receivedNanos);
      case RowDecoder.Read.Broken(var detail) -> new Decoded.Unreadable("broken-json", detail);
    };
  }

  private Decoded readable(
      Row row,
      List<Event.Problem> problems,
      @Nullable String trace,
      Coordinates source,
      long received) {
    StructType.Field key = stream.key();
    if (row.state(key.index()) != Row.PRESENT) {
      return new Decoded.Unreadable("no-key", missing(key, problems));
    }
    String keyText = text(row, key);
    if (keyText.isEmpty()) {
      return new Decoded.Unreadable("no-key", "needed a key in " + where(key) + ", came \"\"");
    }
    StructType.Field time = stream.time();
    if (row.state(time.index()) != Row.PRESENT) {
      return new Decoded.Unreadable("no-time", missing(time, problems));
    }
    long at = row.getLong(time.slot());
    List<Event.Problem> all = problems;
    if (stream.imputed().isPresent()) {
      List<Event.Problem> missing = stream.imputed().get().takeBack(row);
      if (!missing.isEmpty()) {
        all = new ArrayList<>(problems);
        all.addAll(missing);
      }
    }
    return new Decoded.Readable(
        new Event(
            stream,
            keyText,
            at,
            received == Long.MIN_VALUE ? at : received,
            declaredId(row),
            row,
            all,
            source,
            trace));
  }

  private @Nullable String declaredId(Row row) {
    if (stream.id().isEmpty()) {
      return null;
    }
    StructType.Field id = stream.id().get();
    return row.state(id.index()) == Row.PRESENT ? text(row, id) : null;
  }

  private static String text(Row row, StructType.Field field) {
    return field.type().isPrimitive()
        ? Long.toString(row.getLong(field.slot()))
        : String.valueOf(row.getReference(field.slot()));
  }

  private String missing(StructType.Field field, List<Event.Problem> problems) {
    return problems.stream()
        .filter(problem -> problem.path().equals(field.name()))
        .findFirst()
        .map(
            problem ->
                "needed %s in %s, came %s"
                    .formatted(problem.needed(), where(field), problem.came()))
        .orElse("needed a value in " + where(field) + ", came nothing");
  }

  private static String where(StructType.Field field) {
    return "'" + field.source().text() + "'";
  }
}
