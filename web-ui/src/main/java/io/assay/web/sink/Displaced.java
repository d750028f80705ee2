package io.assay.web.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Takes evidence away that worse ones have displaced; their episodes then show the worst of what is
 * left. What somebody is to look at, or has looked at, stays.
 */
final class Displaced {
  /** Whoever proposes an episode holds its row, too: afterwards its item is seen here. */
  private static final String HOLD =
      """
      SELECT id FROM episode WHERE project = ? AND id IN (
        SELECT episode FROM violation WHERE project = ? AND day = ? AND id = ANY (?))
      ORDER BY id FOR UPDATE\
      """;

  private static final String DELETE =
      """
      DELETE FROM violation v WHERE v.project = ? AND v.day = ? AND v.id = ANY (?)
        AND NOT EXISTS (SELECT FROM label_item i
          WHERE i.project = v.project AND i.id = v.episode AND i.violation = v.id)
      RETURNING v.episode\
      """;

  private static final String SHOW_ANOTHER =
      """
      UPDATE episode e SET counted = e.counted + lost.number,
        worst_day = coalesce(other.day, e.worst_day), worst_id = coalesce(other.id, e.worst_id),
        shown = coalesce(other.severity, e.shown)
      FROM unnest(?::text[], ?::bigint[]) AS lost (episode, number)
      JOIN episode k ON k.project = ? AND k.id = lost.episode
      LEFT JOIN LATERAL (
        SELECT v.day, v.id, v.severity FROM violation v
        WHERE v.project = k.project AND v.assertion = k.assertion AND v.episode = k.id
          AND v.at BETWEEN k.opened AND k.lasts
          AND v.day BETWEEN (k.opened AT TIME ZONE 'UTC')::date AND (k.lasts AT TIME ZONE 'UTC')::date
        ORDER BY v.severity DESC, v.at, v.id LIMIT 1) other ON true
      WHERE e.project = k.project AND e.id = k.id\
      """;

  private Displaced() {}

  /** Returns how many have gone. */
  static int remove(Connection connection, EvidenceHours.Key hour, List<UUID> displaced)
      throws SQLException {
    if (displaced.isEmpty()) {
      return 0;
    }
    LocalDate day = LocalDate.ofInstant(hour.hour(), ZoneOffset.UTC);
    var ids =
        connection.createArrayOf(
            "text", displaced.stream().map(id -> id.toString().replace("-", "")).toArray());
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setString(1, hour.project());
      hold.setString(2, hour.project());
      hold.setObject(3, day);
      hold.setArray(4, ids);
      hold.executeQuery().close();
    }
    int removed = 0;
    Map<String, Long> lost = new TreeMap<>();
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, hour.project());
      delete.setObject(2, day);
      delete.setArray(3, ids);
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          lost.merge(row.getString(1), 1L, Long::sum);
          removed++;
        }
      }
    }
    if (removed > 0) {
      try (PreparedStatement show = connection.prepareStatement(SHOW_ANOTHER)) {
        show.setArray(1, connection.createArrayOf("text", lost.keySet().toArray()));
        show.setArray(2, connection.createArrayOf("int8", lost.values().toArray()));
        show.setString(3, hour.project());
        show.executeUpdate();
      }
    }
    return removed;
  }
}
