package io.assay.assertion.scenario;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.RowDecoder;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a line of a file of embeddings says. */
sealed interface ReleaseRow {
  /** An item's vector; {@code at}: nanoseconds since the epoch, 0 where rows say no time. */
  record Item(String release, String item, Vector vector, long at) implements ReleaseRow {}

  /** The release is complete. */
  record Closed(String release) implements ReleaseRow {}

  /** Neither; {@code detail}: what was needed and what came. */
  record Broken(String detail) implements ReleaseRow {}

  /** Numbers that nobody changes. */
  final class Vector {
    private final double[] values;

    private Vector(double[] values) {
      this.values = values;
    }

    double[] values() {
      return values;
    }
  }

  /** Reads lines of some embeddings. */
  final class Reader {
    private static final String CLOSED = "closed";

    private final Embeddings embeddings;
    private final StructType type;
    private final RowDecoder decoder;
    private final boolean isTimed;

    Reader(Embeddings embeddings) {
      this.embeddings = embeddings;
      StructType root = embeddings.type().root();
      List<StructType.Draft> drafts = new ArrayList<>();
      for (StructType.Field one : root.fields()) {
        drafts.add(new StructType.Draft(one.name(), one.type(), true, false, one.source()));
      }
      drafts.add(
          new StructType.Draft(
              "$" + CLOSED, Basic.BOOL, true, false, new Source(List.of(CLOSED), Reading.PLAIN)));
      this.type = StructType.of(root.name(), drafts);
      this.decoder = RowDecoder.of(type);
      this.isTimed = !embeddings.type().time().name().startsWith("$");
    }

    ReleaseRow read(byte[] payload) {
      return switch (decoder.read(payload)) {
        case RowDecoder.Read.Broken(var detail) -> new Broken(detail);
        case RowDecoder.Read.Came(var row, var problems) -> read(row, problems);
      };
    }

    private ReleaseRow read(Row row, List<Event.Problem> problems) {
      StructType.Field version = field(embeddings.version().name());
      StructType.Field item = field(embeddings.item().name());
      StructType.Field vector = field(embeddings.vector().name());
      StructType.Field closed = field("$" + CLOSED);
      if (!isThere(row, version)) {
        return broken(version, problems);
      }
      String release = text(row, version);
      if (isThere(row, closed) && row.getLong(closed.slot()) != 0) {
        boolean isAlone =
            row.state(item.index()) == Row.ABSENT && row.state(vector.index()) == Row.ABSENT;
        return isAlone
            ? new Closed(release)
            : new Broken("a marker ('closed': true) needs the release and nothing else");
      }
      if (!isThere(row, item)) {
        return broken(item, problems);
      }
      if (!isThere(row, vector)) {
        return broken(vector, problems);
      }
      StructType.Field time = field(embeddings.type().time().name());
      if (isTimed && !isThere(row, time)) {
        return broken(time, problems);
      }
      return new Item(
          release,
          text(row, item),
          new Vector((double[]) Objects.requireNonNull(row.getReference(vector.slot()))),
          isTimed ? row.getLong(time.slot()) : 0);
    }

    private StructType.Field field(String name) {
      return type.field(name).orElseThrow();
    }

    private static boolean isThere(Row row, StructType.Field field) {
      return row.state(field.index()) == Row.PRESENT;
    }

    private static String text(Row row, StructType.Field field) {
      return field.type().isPrimitive()
          ? Long.toString(row.getLong(field.slot()))
          : String.valueOf(row.getReference(field.slot()));
    }

    private static Broken broken(StructType.Field field, List<Event.Problem> problems) {
      String where = "'" + field.source().text() + "'";
      return new Broken(
          problems.stream()
              .filter(problem -> problem.path().equals(field.name()))
              .findFirst()
              .map(p -> "needed %s in %s, came %s".formatted(p.needed(), where, p.came()))
              .orElse("needed a value in " + where + ", came nothing"));
    }
  }
}
