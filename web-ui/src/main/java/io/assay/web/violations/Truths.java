package io.assay.web.violations;

import io.assay.web.system.Moment;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What labels say of the events of a violation. */
@Repository
class Truths {
  private static final int MOST = 50;

  private final JdbcClient jdbc;

  Truths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What somebody said of one event.
   *
   * @param finding such as {@code no-error}; empty where only fields are said
   * @param fields what it should have had; an empty object where nothing is said of them
   * @param by who says so, and {@code source} where it came from
   */
  record Said(String event, String finding, JsonNode fields, String by, String source, Moment at) {
    public boolean hasFields() {
      return !fields.isEmpty();
    }

    public String shownFields() {
      return fields.toPrettyString();
    }
  }

  /**
   * The newest first. None of an episode that people are still to judge, or whose answer is known
   * and tests them: nobody is to be led.
   *
   * @param episode empty where it is not known
   */
  List<Said> of(String project, Collection<String> events, String episode) {
    if (events.isEmpty() || isSecret(project, episode)) {
      return List.of();
    }
    return jdbc.sql(
            """
            select prediction, verdict, fields::text as fields, said_by, source, at from label
            where project = :project and prediction in (:events) order by received desc, id limit :most\
            """)
        .param("project", project)
        .param("events", events)
        .param("most", MOST)
        .query(
            (row, number) ->
                new Said(
                    row.getString("prediction"),
                    row.getString("verdict").toLowerCase(Locale.ROOT).replace('_', '-'),
                    JsonMapper.shared().readTree(row.getString("fields")),
                    row.getString("said_by"),
                    row.getString("source"),
                    new Moment(row.getObject("at", OffsetDateTime.class).toInstant())))
        .list();
  }

  /** Fields by event: of several who say some, the newest. */
  static Map<String, JsonNode> fields(List<Said> said) {
    var fields = new LinkedHashMap<String, JsonNode>();
    said.stream()
        .filter(Said::hasFields)
        .forEach(one -> fields.putIfAbsent(one.event(), one.fields()));
    return fields;
  }

  private boolean isSecret(String project, String episode) {
    return jdbc.sql(
            "select exists (select from label_item where project = ? and id = ?"
                + " and (gold is not null or status not in ('AGREED', 'SETTLED')))")
        .params(project, episode)
        .query(Boolean.class)
        .single();
  }
}
