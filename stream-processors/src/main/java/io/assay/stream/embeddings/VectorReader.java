package io.assay.stream.embeddings;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.RowDecoder;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Field;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of embeddings: an item's vector, or the marker that closes a release.
 *
 * <p>Here a wrong value is a bad record: nothing can be judged of a vector that is not there.
 */
final class VectorReader {
  private static final String CLOSED = "closed";
  private static final byte[] NOTHING = new byte[0];

  /** Names are parts of keys. */
  private static final int LONGEST_NAME = 1000;

  private final RowDecoder decoder;
  private final Field item;
  private final Field release;
  private final Field vector;
  private final Field closed;
  private final Optional<Field> time;

  private final boolean namesOnly;

  private VectorReader(Embeddings embeddings, StructType type, boolean timed, boolean namesOnly) {
    this.item = field(type, embeddings.item());
    this.release = field(type, embeddings.version());
    this.vector = field(type, embeddings.vector());
    this.closed = type.fields().getLast();
    this.namesOnly = namesOnly;
    this.decoder = RowDecoder.of(type);
    this.time = timed ? type.field(embeddings.type().time().name()) : Optional.empty();
  }

  static VectorReader of(Embeddings embeddings) {
    return of(embeddings, false);
  }

  /** Passes over vectors: what it reads has none, and a row without one is a row to it. */
  static VectorReader ofNames(Embeddings embeddings) {
    return of(embeddings, true);
  }

  private static VectorReader of(Embeddings embeddings, boolean namesOnly) {
    StructType root = embeddings.type().root();
    List<StructType.Draft> drafts = new ArrayList<>();
    for (Field one : root.fields()) {
      // What is read as something else is not read, and yet seen to be there.
      Type type =
          namesOnly && one.name().equals(embeddings.vector().name()) ? Basic.BOOL : one.type();
      drafts.add(new StructType.Draft(one.name(), type, true, false, one.source()));
    }
    drafts.add(
        new StructType.Draft(
            "$" + CLOSED, Basic.BOOL, true, false, new Source(List.of(CLOSED), Reading.PLAIN)));
    // A time that nobody declared has no place in the records either.
    boolean timed = !embeddings.type().time().name().startsWith("$");
    return new VectorReader(embeddings, StructType.of(root.name(), drafts), timed, namesOnly);
  }

  static int dimensions(Embeddings embeddings) {
    return ((Type.Vector) embeddings.vector().type()).dimension();
  }

  private static Field field(StructType type, Field declared) {
    return type.field(declared.name()).orElseThrow();
  }

  /** {@code receivedMillis}: the time of records that say none. */
  Came read(byte @Nullable [] payload, long receivedMillis) {
    return switch (decoder.read(payload == null ? NOTHING : payload)) {
      case RowDecoder.Read.Broken(var detail) -> new Came.Unreadable("broken-json", detail);
      case RowDecoder.Read.Came(var row, var problems) -> came(row, problems, receivedMillis);
    };
  }

  private Came came(Row row, List<Event.Problem> problems, long receivedMillis) {
    if (!isThere(row, release)) {
      return unreadable("no-version", release, problems);
    }
    String name = text(row, release);
    if (isBadName(name)) {
      return badName("no-version", release, name);
    }
    if (row.state(closed.index()) == Row.INVALID) {
      return unreadable("broken-marker", closed, problems);
    }
    return isThere(row, closed) && row.getLong(closed.slot()) != 0
        ? marker(row, name)
        : item(row, name, problems, receivedMillis);
  }

  private Came marker(Row row, String name) {
    boolean alone =
        row.state(item.index()) == Row.ABSENT && row.state(vector.index()) == Row.ABSENT;
    return alone
        ? new Came.Marker(name)
        : new Came.Unreadable(
            "broken-marker",
            "a marker ('closed': true) needs the release and nothing else, came an item or a"
                + " vector");
  }

  private Came item(Row row, String name, List<Event.Problem> problems, long receivedMillis) {
    if (!isThere(row, item)) {
      return unreadable("no-key", item, problems);
    }
    String key = text(row, item);
    if (isBadName(key)) {
      return badName("no-key", item, key);
    }
    if (namesOnly) {
      return new Came.OfItem(key, name, Vector.NONE, receivedMillis);
    }
    if (!isThere(row, vector)) {
      return unreadable("broken-vector", vector, problems);
    }
    double[] values = (double[]) Objects.requireNonNull(row.getReference(vector.slot()));
    for (double value : values) {
      if (!Float.isFinite((float) value)) {
        return new Came.Unreadable(
            "broken-vector", "needed numbers that a float can hold, came " + value);
      }
    }
    if (time.isPresent() && !isThere(row, time.get())) {
      return unreadable("no-time", time.get(), problems);
    }
    long at =
        time.map(t -> Math.floorDiv(row.getLong(t.slot()), 1_000_000L)).orElse(receivedMillis);
    return new Came.OfItem(key, name, Vector.of(values), at);
  }

  private static boolean isThere(Row row, Field field) {
    return row.state(field.index()) == Row.PRESENT;
  }

  private static boolean isBadName(String name) {
    return name.isEmpty() || name.length() > LONGEST_NAME;
  }

  private static Came badName(String cause, Field field, String name) {
    return new Came.Unreadable(
        cause,
        "needed 1 to %d characters in '%s', came %d"
            .formatted(LONGEST_NAME, field.source().text(), name.length()));
  }

  private static String text(Row row, Field field) {
    return field.type().isPrimitive()
        ? Long.toString(row.getLong(field.slot()))
        : String.valueOf(row.getReference(field.slot()));
  }

  private static Came unreadable(String cause, Field field, List<Event.Problem> problems) {
    String where = "'" + field.source().text() + "'";
    String detail =
        problems.stream()
            .filter(problem -> problem.path().equals(field.name()))
            .findFirst()
            .map(
                problem ->
                    "needed %s in %s, came %s".formatted(problem.needed(), where, problem.came()))
            .orElse("needed a value in " + where + ", came nothing");
    return new Came.Unreadable(cause, detail);
  }
}
