package io.assay.web.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds what is there already, by one look a day into each of the two tables. */
final class KnownViolations {
  private static final String KEPT =
      "SELECT id FROM violation WHERE project = ? AND day = ? AND id = ANY (?)";
  private static final String COUNTED =
      "SELECT id FROM violation_counted WHERE project = ? AND day = ? AND id = ANY (?)";

  private KnownViolations() {}

  /** A partition's part of a project, in which an id is once. */
  private record Part(String project, LocalDate day) {}

  /** Those that are new, each once, in the order in which they came. */
  static List<Rows.Found> without(
      Connection connection,
      List<Rows.Found> found,
      Map<EvidenceHours.Key, HourEvidence.Known> hours)
      throws SQLException {
    Map<Part, Map<String, Rows.Found>> parts = new LinkedHashMap<>();
    for (Rows.Found each : found) {
      parts
          .computeIfAbsent(
              new Part(PostgresText.clean(each.violation().project()), each.day()),
              part -> new LinkedHashMap<>())
          .putIfAbsent(PostgresText.clean(each.violation().id()), each);
    }
    // Where all of an hour are kept for good, nothing of it is among those counted.
    boolean anyCounted = hours.values().stream().anyMatch(hour -> !hour.complete());
    List<Rows.Found> fresh = new ArrayList<>();
    for (Map.Entry<Part, Map<String, Rows.Found>> part : parts.entrySet()) {
      Map<String, Rows.Found> byId = part.getValue();
      Set<String> kept =
          look(connection, KEPT, part.getKey(), "text", byId.keySet().toArray(), String.class);
      Set<UUID> counted = new HashSet<>();
      if (anyCounted) {
        Object[] ids = byId.values().stream().map(Rows.Found::uuid).toArray();
        counted = look(connection, COUNTED, part.getKey(), "uuid", ids, UUID.class);
      }
      for (Map.Entry<String, Rows.Found> each : byId.entrySet()) {
        if (!kept.contains(each.getKey()) && !counted.contains(each.getValue().uuid())) {
          fresh.add(each.getValue());
        }
      }
    }
    return fresh;
  }

  private static <T> Set<T> look(
      Connection connection, String sql, Part part, String type, Object[] ids, Class<T> as)
      throws SQLException {
    Set<T> there = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, part.project());
      statement.setObject(2, part.day());
      statement.setArray(3, connection.createArrayOf(type, ids));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          there.add(row.getObject(1, as));
        }
      }
    }
    return there;
  }
}
