package io.assay.web.erasure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes a key's rows out of the database. Tables are found by their columns, so that one that is
 * added later is not forgotten.
 *
 * <p>Longer than others: all ways in which a row may name a key stand in one place.
 */
@Component
class DatabaseErasure {
  /** What erasing itself needs; its own key goes when the job is over. */
  private static final Set<String> OWN = Set.of("erasure", "erasure_step", "erasure_task");

  /** Rows that have the key somewhere in these go: each is about one event or thing. */
  private static final Map<String, List<String>> TEXTS = texts();

  private final JdbcClient jdbc;

  DatabaseErasure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is meant: all of a key in a stream. */
  record Subject(String project, String stream, String key) {
    String quoted() {
      return KeyText.quoted(key);
    }
  }

  private static Map<String, List<String>> texts() {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    texts.put("alert", List.of("labels", "annotations"));
    texts.put("alert_history", List.of("summary"));
    texts.put("alert_notice", List.of("body"));
    texts.put("alert_group", List.of("labels", "key"));
    texts.put("alert_silence", List.of("matchers", "comment"));
    texts.put("webhook_delivery", List.of("body"));
    texts.put("backtest", List.of("result"));
    return texts;
  }

  /** Of items to be reviewed: what people said of them, and who looks at them. */
  long reviews(Subject subject) {
    long gone = 0;
    for (String table : List.of("label_verdict", "label_lease")) {
      gone +=
          jdbc.sql(
                  """
                  DELETE FROM %s v USING label_item i
                  WHERE i.project = ? AND i.stream = ? AND i.key = ? AND v.project = i.project AND v.item = i.id\
                  """
                      .formatted(table))
              .params(subject.project(), subject.stream(), subject.key())
              .update();
    }
    return gone;
  }

  /**
   * Labels are by the prediction: of those that violations, drawn events or items have of the key,
   * and those that name it.
   */
  long labels(Subject subject) {
    return jdbc.sql(
            """
            DELETE FROM label l WHERE l.project = :project AND l.stream IN (:stream, '') AND (
              l.prediction = :key
              OR position(:quoted IN l.fields::text) > 0
              OR l.prediction IN (SELECT prediction FROM violation
                WHERE project = :project AND stream = :stream AND key = :key AND prediction <> '')
              OR l.prediction IN (SELECT event FROM voted_event
                WHERE project = :project AND stream = :stream AND key = :key))\
            """)
        .param("project", subject.project())
        .param("stream", subject.stream())
        .param("key", subject.key())
        .param("quoted", subject.quoted())
        .update();
  }

  /**
   * Files that were exported: packed, they do not tell whose samples they have, so all of the
   * project go. One that is being written has been cancelled by it.
   */
  long exports(Subject subject) {
    return jdbc.sql("DELETE FROM export_run WHERE project = ?").param(subject.project()).update();
  }

  /** Violations of other streams that show an event of this one: joins are by key. */
  long evidence(Subject subject) {
    return jdbc.sql(
            """
            DELETE FROM violation WHERE project = ? AND stream <> ?
            AND position(? IN evidence::text) > 0 AND position(? IN evidence::text) > 0\
            """)
        .params(
            subject.project(), subject.stream(), subject.quoted(), KeyText.quoted(subject.stream()))
        .update();
  }

  /** All tables with a column of that name: of the stream, where they have one. */
  Map<String, Long> keyed(Subject subject) {
    Map<String, Long> gone = new TreeMap<>();
    for (String table : tables("key")) {
      boolean ofStream = columns(table).contains("stream");
      List<Object> parameters = new ArrayList<>(List.of(subject.project(), subject.key()));
      if (ofStream) {
        parameters.add(subject.stream());
      }
      gone.put(
          table,
          (long)
              jdbc.sql(
                      "DELETE FROM %s WHERE project = ? AND key = ?%s"
                          .formatted(table, ofStream ? " AND stream = ?" : ""))
                  .params(parameters)
                  .update());
    }
    return gone;
  }

  /**
   * Figures of windows that are cut by the key: their segment names it.
   *
   * @param field the key's; empty where the stream is not declared any more: then any field's
   */
  long windows(Subject subject, Optional<String> field) {
    return jdbc.sql("DELETE FROM window_figures WHERE project = ? AND stream = ? AND segment ~ ?")
        .params(
            subject.project(),
            subject.stream(),
            "(^|, )%s %s($|, )"
                .formatted(
                    field.map(DatabaseErasure::literal).orElse("[^ ,]+"), literal(subject.key())))
        .update();
  }

  /** Alerts, notices and deliveries that name it. */
  long told(Subject subject) {
    long gone = 0;
    for (Map.Entry<String, List<String>> one : TEXTS.entrySet()) {
      List<String> found = one.getValue().stream().map(c -> has("t." + c)).toList();
      List<Object> parameters = new ArrayList<>(List.of(subject.project()));
      one.getValue()
          .forEach(
              column -> {
                parameters.add(subject.quoted());
                parameters.add(pattern(subject.key()));
              });
      gone +=
          jdbc.sql(
                  "DELETE FROM %s t WHERE t.project = ? AND (%s)"
                      .formatted(one.getKey(), String.join(" OR ", found)))
              .params(parameters)
              .update();
    }
    return gone
        + jdbc.sql(
                "DELETE FROM sample_outbox WHERE position(? IN body::text) > 0 AND position(? IN"
                    + " body::text) > 0")
            .params(subject.quoted(), KeyText.quoted(subject.project()))
            .update();
  }

  /** What could not be read or stored: bytes and reasons that have it. */
  long broken(Subject subject) {
    long rows =
        jdbc.sql(
                "DELETE FROM sink_skipped WHERE project IN (?, '') AND position(convert_to(?,"
                    + " 'UTF8') IN value) > 0")
            .params(subject.project(), subject.key())
            .update();
    return rows
        + jdbc.sql(
                "UPDATE dead_letter_count SET last_detail = '' WHERE project = ? AND "
                    + has("last_detail"))
            .params(subject.project(), subject.quoted(), pattern(subject.key()))
            .update();
  }

  /** The stream's newest version of an imputer; 0 where it has none. */
  long newestImputer(Subject subject) {
    return jdbc.sql(
            "SELECT COALESCE(max(version), 0) FROM imputer_version WHERE project = ? AND stream ="
                + " ?")
        .params(subject.project(), subject.stream())
        .query(Long.class)
        .single();
  }

  /** In JSON as a text of its own; in sentences as a word of its own. */
  private static String has(String column) {
    return "(position(? IN %1$s::text) > 0 OR %1$s::text ~ ?)".formatted(column);
  }

  /** A regular expression of the key as a word: no letter, digit or sign of a name beside it. */
  private static String pattern(String key) {
    return "(^|[^[:alnum:]_.-])" + literal(key) + "($|[^[:alnum:]_-])";
  }

  /** Within a regular expression. */
  private static String literal(String text) {
    return text.replaceAll("([^\\p{L}\\p{N} ])", "\\\\$1");
  }

  /**
   * Where it still stands, by table and column: in texts that people wrote, rules among them, which
   * nobody but they can change.
   */
  Map<String, Long> left(Subject subject) {
    Map<String, Long> left = new TreeMap<>();
    for (String table : tables("project")) {
      List<String> columns = textColumns(table);
      if (!columns.isEmpty()) {
        left.putAll(left(subject, table, columns));
      }
    }
    return left;
  }

  /** A table is read once, however many texts it has: some have millions of rows. */
  private Map<String, Long> left(Subject subject, String table, List<String> columns) {
    List<Object> parameters = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (String column : columns) {
      String condition =
          isBytes(table, column)
              ? "position(convert_to(?, 'UTF8') IN %s) > 0 AND ? <> ''".formatted(column)
              : has(column);
      counts.add("count(*) FILTER (WHERE %s)".formatted(condition));
      parameters.add(subject.quoted());
      parameters.add(pattern(subject.key()));
    }
    parameters.add(subject.project());
    Map<String, Long> left = new TreeMap<>();
    jdbc.sql("SELECT %s FROM %s WHERE project = ?".formatted(String.join(", ", counts), table))
        .params(parameters)
        .query(
            row -> {
              for (int i = 0; i < columns.size(); i++) {
                if (row.getLong(i + 1) > 0) {
                  left.put(table + "." + columns.get(i), row.getLong(i + 1));
                }
              }
            });
    return left;
  }

  /** Tables with such a column, and one for the project; partitions by their whole. */
  private List<String> tables(String column) {
    return jdbc
        .sql(
            """
            SELECT c.table_name FROM information_schema.columns c
            JOIN pg_class t ON t.oid = to_regclass(c.table_name) AND NOT t.relispartition AND t.relkind IN ('r', 'p')
            WHERE c.table_schema = current_schema() AND c.column_name = ? AND EXISTS (
              SELECT 1 FROM information_schema.columns p
              WHERE p.table_schema = c.table_schema AND p.table_name = c.table_name AND p.column_name = 'project')
            ORDER BY c.table_name\
            """)
        .param(column)
        .query(String.class)
        .list()
        .stream()
        .filter(
            table -> !OWN.contains(table) && !(column.equals("key") && TEXTS.containsKey(table)))
        .toList();
  }

  private List<String> columns(String table) {
    return jdbc.sql(
            "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                + " current_schema() AND table_name = ?")
        .param(table)
        .query(String.class)
        .list();
  }

  private List<String> textColumns(String table) {
    return jdbc.sql(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = ? AND column_name <> 'project'
              AND (data_type IN ('text', 'json', 'jsonb', 'bytea') OR data_type = 'ARRAY' AND udt_name = '_text')
            ORDER BY column_name\
            """)
        .param(table)
        .query(String.class)
        .list();
  }

  private boolean isBytes(String table, String column) {
    return jdbc.sql(
            "SELECT data_type = 'bytea' FROM information_schema.columns WHERE table_schema ="
                + " current_schema() AND table_name = ? AND column_name = ?")
        .params(table, column)
        .query(Boolean.class)
        .single();
  }
}
