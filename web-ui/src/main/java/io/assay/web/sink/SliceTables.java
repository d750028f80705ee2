package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.CountRecord.InSlice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps what was judged by declared slices, by minute and by the spans that pages draw. */
final class SliceTables {
  /**
   * As minutes and spans of all that was judged are written (see {@link JudgedTables}), but only
   * what differs from what is stored: each record of a minute has all of its slices, and of these
   * mostly one value each has changed. Rows that have not are neither written nor locked, and keep
   * the sequence of the record that last changed them.
   */
  private static final String COUNT =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]::timestamptz[], ?::int[], ?::text[],
          ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS g (project, assertion, expectation, stream, minute, source_partition, slice, value, sequence, judged,
          violated, undecided)
      ), changed AS (
        SELECT given.*, given.judged - coalesce(old.judged, 0) AS more_judged,
          given.violated - coalesce(old.violated, 0) AS more_violated,
          given.undecided - coalesce(old.undecided, 0) AS more_undecided
        FROM given LEFT JOIN slice_minute old USING (project, assertion, minute, expectation, stream, source_partition,
          slice, value)
        WHERE (given.judged, given.violated, given.undecided)
          IS DISTINCT FROM (coalesce(old.judged, 0), coalesce(old.violated, 0), coalesce(old.undecided, 0))
      ), minutes AS (
        INSERT INTO slice_minute (project, assertion, expectation, stream, minute, source_partition, slice, value,
          sequence, judged, violated, undecided)
        SELECT project, assertion, expectation, stream, minute, source_partition, slice, value, sequence, judged, violated,
          undecided
        FROM changed
        ON CONFLICT (project, assertion, minute, expectation, stream, source_partition, slice, value)
        DO UPDATE SET sequence = excluded.sequence, judged = excluded.judged, violated = excluded.violated,
          undecided = excluded.undecided
      )
      INSERT INTO slice_span AS known (project, span, begins, assertion, expectation, stream, slice, value, judged,
        violated, undecided)
      SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS starts, assertion,
        expectation, stream, slice, value, sum(more_judged), sum(more_violated), sum(more_undecided)
      FROM changed CROSS JOIN (VALUES (2), (10), (60), (360), (1440)) s (span)
      GROUP BY project, span, starts, assertion, expectation, stream, slice, value
      ORDER BY project, span, starts, assertion, expectation, stream, slice, value
      ON CONFLICT (project, span, begins, assertion, expectation, stream, slice, value)
      DO UPDATE SET judged = known.judged + excluded.judged, violated = known.violated + excluded.violated,
        undecided = known.undecided + excluded.undecided\
      """;

  private SliceTables() {}

  /** The row of a count by slice. */
  private record Key(Rows.CountKey of, String slice, String value) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::of).thenComparing(Key::slice).thenComparing(Key::value);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private record Part(long sequence, InSlice counted) {}

  /**
   * {@code counts}: as the database takes them, each with its slices; those alone that have
   * replaced what was known of their minute. Which of two records holds is told by that, not by the
   * slices, whose rows may be of an older one.
   */
  static void write(Connection connection, Map<Rows.CountKey, Rows.Count> counts)
      throws SQLException {
    Map<Key, Part> parts = new TreeMap<>();
    counts.forEach(
        (key, count) ->
            count.slices().forEach(part -> parts.put(key(key, part), part(count, part))));
    if (parts.isEmpty()) {
      return;
    }
    List<Map.Entry<Key, Part>> all = List.copyOf(parts.entrySet());
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      List<Function<Map.Entry<Key, Part>, Object>> columns =
          List.of(
              row -> row.getKey().of().project(),
              row -> row.getKey().of().assertion(),
              row -> row.getKey().of().expectation(),
              row -> row.getKey().of().stream(),
              row -> row.getKey().of().minute().toString(),
              row -> row.getKey().of().partition(),
              row -> row.getKey().slice(),
              row -> row.getKey().value(),
              row -> row.getValue().sequence(),
              row -> row.getValue().counted().judged(),
              row -> row.getValue().counted().violated(),
              row -> row.getValue().counted().undecided());
      for (int i = 0; i < columns.size(); i++) {
        Object[] values = all.stream().map(columns.get(i)).toArray();
        statement.setArray(i + 1, connection.createArrayOf(type(values[0]), values));
      }
      statement.execute();
    }
  }

  private static Key key(Rows.CountKey of, InSlice part) {
    return new Key(of, clean(part.slice()), part.value().name().toLowerCase(Locale.ROOT));
  }

  private static Part part(Rows.Count count, InSlice part) {
    return new Part(count.sequence(), part);
  }

  private static String type(Object value) {
    return switch (value) {
      case Integer ignored -> "int4";
      case Long ignored -> "int8";
      default -> "text";
    };
  }
}
