package io.assay.web.votes;

import io.assay.web.rounds.RandomShare.Drawn;
import io.assay.web.sink.ModelConfidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events on which votes are counted, without their fields. */
@Component
class VotedEvents {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;

  VotedEvents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An event.
   *
   * @param id as an item of it would be called
   * @param name as the stream calls it
   * @param confidence how sure the model was of what it was least sure of, in 0 .. 1
   */
  record VotedEvent(String id, String name, String key, Instant at, OptionalDouble confidence) {}

  /** Those of a stream, the oldest first. */
  List<VotedEvent> of(String project, String stream) {
    return jdbc.sql(
            "SELECT id, event, key, at, confidence FROM voted_event WHERE project = ?"
                + " AND stream = ? ORDER BY at, id")
        .params(project, stream)
        .query(VotedEvents::event)
        .list();
  }

  private static VotedEvent event(ResultSet row, int number) throws SQLException {
    double confidence = row.getDouble("confidence");
    boolean silent = row.wasNull();
    return new VotedEvent(
        row.getString("id"),
        row.getString("event"),
        row.getString("key"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        silent ? OptionalDouble.empty() : OptionalDouble.of(confidence));
  }

  /** Takes in what was drawn, and forgets what was drawn longest ago beyond a number. */
  @Transactional
  public void take(String project, String stream, List<Drawn> drawn, Instant now, int keep) {
    List<String> ids = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<String> times = new ArrayList<>();
    List<Double> confidences = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Drawn one : drawn) {
      // An event that came again, much later, may be drawn twice.
      if (!seen.add(one.item())) {
        continue;
      }
      JsonNode event = JSON.readTree(one.json());
      OptionalDouble sure = ModelConfidence.ofEvent(event.path("fields"));
      ids.add(one.item());
      names.add(event.path("id").asString());
      keys.add(one.key());
      times.add(one.at().toString());
      confidences.add(sure.isPresent() ? sure.getAsDouble() : null);
    }
    jdbc.sql(
            """
            INSERT INTO voted_event (project, stream, id, event, key, at, confidence, drawn)
            SELECT ?, ?, d.id, d.event, d.key, d.at, d.confidence, ?
            FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::float8[])
              AS d (id, event, key, at, confidence)
            ON CONFLICT (project, stream, id) DO UPDATE SET drawn = excluded.drawn\
            """)
        .params(
            project,
            stream,
            time(now),
            ids.toArray(String[]::new),
            names.toArray(String[]::new),
            keys.toArray(String[]::new),
            times.toArray(String[]::new),
            confidences.toArray(Double[]::new))
        .update();
    jdbc.sql(
            "DELETE FROM voted_event v USING (SELECT id FROM voted_event WHERE project = ?"
                + " AND stream = ? ORDER BY drawn DESC, id OFFSET ?) old"
                + " WHERE v.project = ? AND v.stream = ? AND v.id = old.id")
        .params(project, stream, keep, project, stream)
        .update();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
