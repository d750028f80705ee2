package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps what was judged, by minute, hour and day, and by the spans that pages draw; and the same by
 * declared slices.
 */
final class JudgedTables {
  private static final String ADD =
      """
      DO UPDATE SET seen = known.seen + excluded.seen, passed = known.passed + excluded.passed,
        judged = known.judged + excluded.judged, held = known.held + excluded.held,
        violated = known.violated + excluded.violated, undecided = known.undecided + excluded.undecided,
        late = known.late + excluded.late\
      """;

  /**
   * Minutes take the new figures, spans, hours and days what these are more than the old ones.
   * Nobody else writes the same minute meanwhile: a partition's counts come from one topic
   * partition, which one transaction has claimed. Spans, hours and days are of all partitions: they
   * are written in a fixed order, once for all minutes of a transaction, so that two sinks wait for
   * each other and never both. Returns which of those given, from 1, have replaced older figures.
   */
  private static final String COUNT =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]::timestamptz[], ?::int[], ?::bigint[],
          ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        WITH ORDINALITY AS g (project, assertion, expectation, stream, minute, source_partition, sequence, seen, passed,
          judged, held, violated, undecided, late, place)
      ), old AS (
        SELECT known.* FROM count_minute known JOIN given USING (project, assertion, minute, expectation, stream,
          source_partition)
      ), fresh AS (
        INSERT INTO count_minute AS known (project, assertion, expectation, stream, minute, source_partition,
          sequence, seen, passed, judged, held, violated, undecided, late)
        SELECT project, assertion, expectation, stream, minute, source_partition, sequence, seen, passed, judged, held,
          violated, undecided, late
        FROM given
        ON CONFLICT (project, assertion, minute, expectation, stream, source_partition)
        DO UPDATE SET sequence = excluded.sequence, seen = excluded.seen, passed = excluded.passed,
          judged = excluded.judged, held = excluded.held, violated = excluded.violated,
          undecided = excluded.undecided, late = excluded.late
        WHERE known.sequence < excluded.sequence
        RETURNING known.*
      ), more AS (
        SELECT fresh.project, fresh.minute, fresh.assertion, fresh.expectation, fresh.stream,
          fresh.seen - coalesce(old.seen, 0) AS seen, fresh.passed - coalesce(old.passed, 0) AS passed,
          fresh.judged - coalesce(old.judged, 0) AS judged, fresh.held - coalesce(old.held, 0) AS held,
          fresh.violated - coalesce(old.violated, 0) AS violated,
          fresh.undecided - coalesce(old.undecided, 0) AS undecided, fresh.late - coalesce(old.late, 0) AS late
        FROM fresh LEFT JOIN old USING (project, assertion, minute, expectation, stream, source_partition)
      ), spans AS (
        INSERT INTO count_span AS known (project, span, begins, assertion, expectation, stream, seen, passed, judged, held,
          violated, undecided, late)
        SELECT project, span, date_bin(span * interval '1 minute', minute, TIMESTAMPTZ 'epoch') AS starts, assertion,
          expectation, stream, sum(seen), sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
        FROM more CROSS JOIN (VALUES (2), (10), (360)) s (span)
        GROUP BY project, span, starts, assertion, expectation, stream
        ORDER BY project, span, starts, assertion, expectation, stream
        ON CONFLICT (project, span, begins, assertion, expectation, stream) %s
      ), hours AS (
        %s
      ), days AS (
        %s
      )
      SELECT place FROM given JOIN fresh USING (project, assertion, minute, expectation, stream, source_partition)\
      """
          .formatted(ADD, rolledUp("hour"), rolledUp("day"));

  private JudgedTables() {}

  private static String rolledUp(String unit) {
    return """
    INSERT INTO count_%1$s AS known (project, %1$s, assertion, expectation, stream, seen, passed, judged, held,
      violated, undecided, late)
    SELECT project, date_trunc('%1$s', minute, 'UTC') AS begins, assertion, expectation, stream, sum(seen),
      sum(passed), sum(judged), sum(held), sum(violated), sum(undecided), sum(late)
    FROM more
    GROUP BY project, begins, assertion, expectation, stream
    ORDER BY project, begins, assertion, expectation, stream
    ON CONFLICT (project, %1$s, assertion, expectation, stream) %2$s\
    """
        .formatted(unit, ADD);
  }

  static void write(Connection connection, Map<Rows.CountKey, Rows.Count> counts)
      throws SQLException {
    if (counts.isEmpty()) {
      return;
    }
    List<Map.Entry<Rows.CountKey, Rows.Count>> all = List.copyOf(stored(counts).entrySet());
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      var columns = new Columns(connection, statement, all);
      columns.texts(Rows.CountKey::project);
      columns.texts(Rows.CountKey::assertion);
      columns.texts(Rows.CountKey::expectation);
      columns.texts(Rows.CountKey::stream);
      columns.texts(key -> key.minute().toString());
      columns.partitions();
      columns.numbers(Rows.Count::sequence);
      columns.numbers(Rows.Count::seen);
      columns.numbers(Rows.Count::passed);
      columns.numbers(Rows.Count::judged);
      columns.numbers(Rows.Count::held);
      columns.numbers(Rows.Count::violated);
      columns.numbers(Rows.Count::undecided);
      columns.numbers(Rows.Count::late);
      SliceTables.write(connection, fresh(statement, all));
    }
  }

  /** Writes, and tells those that have replaced what was known of their minute. */
  private static Map<Rows.CountKey, Rows.Count> fresh(
      PreparedStatement statement, List<Map.Entry<Rows.CountKey, Rows.Count>> all)
      throws SQLException {
    Map<Rows.CountKey, Rows.Count> fresh = new TreeMap<>();
    try (ResultSet places = statement.executeQuery()) {
      while (places.next()) {
        var one = all.get(places.getInt(1) - 1);
        fresh.put(one.getKey(), one.getValue());
      }
    }
    return fresh;
  }

  /** As the database takes them: what differs in unusable characters alone is one row there. */
  private static Map<Rows.CountKey, Rows.Count> stored(Map<Rows.CountKey, Rows.Count> counts) {
    Map<Rows.CountKey, Rows.Count> stored = new TreeMap<>();
    counts.forEach(
        (key, count) ->
            stored.merge(
                new Rows.CountKey(
                    clean(key.project()),
                    clean(key.assertion()),
                    clean(key.expectation()),
                    clean(key.stream()),
                    key.minute(),
                    key.partition()),
                count,
                (a, b) -> a.sequence() >= b.sequence() ? a : b));
    return stored;
  }

  /** Gives a statement one array after the other. */
  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Map.Entry<Rows.CountKey, Rows.Count>> rows;
    private int next = 1;

    Columns(
        Connection connection,
        PreparedStatement statement,
        List<Map.Entry<Rows.CountKey, Rows.Count>> rows) {
      this.connection = connection;
      this.statement = statement;
      this.rows = rows;
    }

    void texts(Function<Rows.CountKey, String> column) throws SQLException {
      put("text", rows.stream().map(row -> column.apply(row.getKey())).toArray());
    }

    void partitions() throws SQLException {
      put("int4", rows.stream().map(row -> row.getKey().partition()).toArray());
    }

    void numbers(ToLongFunction<Rows.Count> column) throws SQLException {
      put("int8", rows.stream().map(row -> column.applyAsLong(row.getValue())).toArray());
    }

    private void put(String type, Object[] values) throws SQLException {
      statement.setArray(next++, connection.createArrayOf(type, values));
    }
  }
}
