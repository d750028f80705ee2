package io.assay.web.rounds;

import io.assay.stream.contract.SampleRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A round's items as records of the topic: where their events are, and nothing that is in them. */
record RoundSamples(JdbcClient jdbc) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The highest in rank first. */
  List<SampleRecord> of(String project, long round) {
    return jdbc.sql(
            """
            SELECT i.project, i.round, i.id, i.arm, i.reason, i.probability, i.assertion, i.stream, i.key, i.at, i.around,
              i.violation, i.judgement_hash, i.model_version, v.evidence, i.event
            FROM label_item i
            LEFT JOIN violation v ON v.project = i.project AND v.day = i.day AND v.id = i.violation
            WHERE i.project = ? AND i.round = ? ORDER BY i.rank DESC, i.id\
            """)
        .params(project, round)
        .query((row, number) -> sample(row))
        .list();
  }

  /** PostgreSQL refuses to look into JSON with U+0000 anywhere in it, so it is read here. */
  private static SampleRecord sample(ResultSet row) throws SQLException {
    JsonNode drawn = json(row, "event");
    JsonNode evidence = json(row, "evidence");
    boolean isDrawn = drawn.isObject();
    long at = nanos(row, isDrawn ? drawn.path("at") : evidence.path("at"));
    String prediction = (isDrawn ? drawn.path("id") : evidence.path("decidingEvent")).asString("");
    return new SampleRecord(
        row.getString("project"),
        row.getLong("round"),
        row.getString("id"),
        prediction,
        row.getString("arm"),
        row.getString("reason"),
        row.getDouble("probability"),
        row.getString("assertion"),
        row.getString("stream"),
        row.getString("key"),
        isDrawn ? at : nanos(row, evidence.path("from")),
        isDrawn ? at : nanos(row, evidence.path("to")),
        at,
        row.getInt("around"),
        isDrawn ? drawn(drawn.path("source"), prediction, at) : span(evidence.path("spanEvents")),
        row.getString("violation"),
        row.getString("judgement_hash"),
        row.getString("model_version"));
  }

  private static JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? MissingNode.getInstance() : JSON.readTree(text);
  }

  /** As the evidence says; the item's own time where there is none any more. */
  private static long nanos(ResultSet row, JsonNode said) throws SQLException {
    if (said.isIntegralNumber()) {
      return said.asLong();
    }
    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  private static List<SampleRecord.Place> drawn(JsonNode source, String id, long at) {
    return source.isObject() ? List.of(place(source, id, at)) : List.of();
  }

  private static List<SampleRecord.Place> span(JsonNode events) {
    List<SampleRecord.Place> places = new ArrayList<>();
    for (JsonNode one : events) {
      places.add(place(one, one.path("id").asString(""), one.path("at").asLong()));
    }
    return places;
  }

  private static SampleRecord.Place place(JsonNode source, String id, long at) {
    return new SampleRecord.Place(
        id,
        at,
        source.path("topic").asString(""),
        source.path("partition").asInt(-1),
        source.path("offset").asLong(-1));
  }
}
