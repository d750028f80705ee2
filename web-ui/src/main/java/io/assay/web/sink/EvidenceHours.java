package io.assay.web.sink;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is kept of each assertion's hour, as the database has it: whoever writes violations of one
 * holds its row until the end of the transaction, so that no other writes the same meanwhile.
 */
final class EvidenceHours {
  private static final String KEYS =
      " FROM unnest(?::text[], ?::text[]::timestamptz[], ?::text[]) AS wanted (project, hour,"
          + " assertion)";

  private static final String MAKE =
      "INSERT INTO evidence_hour (project, hour, assertion, violations, kept, firsts, openers,"
          + " worst_ids, severities) SELECT project, hour, assertion, 0, 0, 0, 0, '{}', '{}'"
          + KEYS
          + " ORDER BY project, hour, assertion ON CONFLICT DO NOTHING";

  private static final String HOLD =
      "SELECT known.*"
          + KEYS
          + " JOIN evidence_hour AS known USING (project, hour, assertion)"
          + " ORDER BY project, hour, assertion FOR UPDATE OF known";

  private static final String SAVE =
      """
      UPDATE evidence_hour SET violations = ?, kept = ?, firsts = ?, openers = ?, worst_ids = ?, severities = ?
      WHERE project = ? AND hour = ? AND assertion = ?\
      """;

  /** While no worse one comes, the long columns stay where they are. */
  private static final String SAVE_NUMBERS =
      """
      UPDATE evidence_hour SET violations = ?, kept = ?, firsts = ?, openers = ?
      WHERE project = ? AND hour = ? AND assertion = ?\
      """;

  private EvidenceHours() {}

  /** An assertion's hour of event time. */
  record Key(String project, Instant hour, String assertion) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::project).thenComparing(Key::hour).thenComparing(Key::assertion);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** In one order, so that two instances wait for each other instead of dead-locking. */
  static Map<Key, HourEvidence.Known> hold(Connection connection, Collection<Key> keys)
      throws SQLException {
    Map<Key, HourEvidence.Known> held = new TreeMap<>();
    read(connection, new TreeSet<>(keys), held);
    var missing = new TreeSet<>(keys);
    missing.removeAll(held.keySet());
    if (!missing.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(MAKE)) {
        bind(connection, statement, missing);
        statement.executeUpdate();
      }
      read(connection, missing, held);
    }
    return held;
  }

  private static void read(
      Connection connection, Collection<Key> keys, Map<Key, HourEvidence.Known> into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
      bind(connection, statement, keys);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          into.put(
              new Key(
                  row.getString("project"),
                  row.getObject("hour", OffsetDateTime.class).toInstant(),
                  row.getString("assertion")),
              new HourEvidence.Known(
                  row.getLong("violations"),
                  row.getLong("kept"),
                  row.getInt("firsts"),
                  row.getInt("openers"),
                  list(row.getArray("worst_ids"), UUID[].class),
                  list(row.getArray("severities"), Double[].class)));
        }
      }
    }
  }

  static void save(
      Connection connection,
      Map<Key, HourEvidence.Known> before,
      Map<Key, HourEvidence.Known> after)
      throws SQLException {
    try (PreparedStatement all = connection.prepareStatement(SAVE);
        PreparedStatement numbers = connection.prepareStatement(SAVE_NUMBERS)) {
      for (Map.Entry<Key, HourEvidence.Known> each : after.entrySet()) {
        HourEvidence.Known now = each.getValue();
        HourEvidence.Known then = before.getOrDefault(each.getKey(), HourEvidence.Known.NOTHING);
        if (then.worst().equals(now.worst())) {
          key(numbers, counts(numbers, now), each.getKey());
        } else {
          int next = counts(all, now);
          all.setArray(next, connection.createArrayOf("uuid", now.worst().toArray()));
          all.setArray(next + 1, connection.createArrayOf("float8", now.severities().toArray()));
          key(all, next + 2, each.getKey());
        }
      }
      numbers.executeBatch();
      all.executeBatch();
    }
  }

  private static int counts(PreparedStatement statement, HourEvidence.Known known)
      throws SQLException {
    statement.setLong(1, known.violations());
    statement.setLong(2, known.kept());
    statement.setInt(3, known.firsts());
    statement.setInt(4, known.openers());
    return 5;
  }

  private static void key(PreparedStatement statement, int at, Key key) throws SQLException {
    statement.setString(at, key.project());
    statement.setObject(at + 1, key.hour().atOffset(ZoneOffset.UTC));
    statement.setString(at + 2, key.assertion());
    statement.addBatch();
  }

  private static void bind(Connection connection, PreparedStatement to, Collection<Key> keys)
      throws SQLException {
    to.setArray(1, connection.createArrayOf("text", keys.stream().map(Key::project).toArray()));
    to.setArray(
        2,
        connection.createArrayOf(
            "text", keys.stream().map(key -> key.hour().toString()).toArray()));
    to.setArray(3, connection.createArrayOf("text", keys.stream().map(Key::assertion).toArray()));
  }

  private static <T> List<T> list(Array array, Class<T[]> type) throws SQLException {
    return Arrays.asList(type.cast(array.getArray()));
  }
}
