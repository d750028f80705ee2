package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

/** Notes at labels that their prediction decided a violation, whichever of the two came first. */
final class LabelMatches {
  /** Any number that no other advisory lock of the database uses. */
  private static final long LOCK = 0x61737361795f6c6dL;

  private static final String NOTE =
      """
      UPDATE label l SET matched = true
      FROM (SELECT DISTINCT * FROM unnest(?::text[], ?::text[], ?::text[]) AS v (project, prediction, stream)) v
      WHERE l.project = v.project AND l.prediction = v.prediction AND NOT l.matched
        AND (l.stream = '' OR l.stream = v.stream)\
      """;

  private LabelMatches() {}

  /**
   * Who stores a label and who stores its violation at the same time would each not see the other's
   * row: so who stores labels waits for those who store violations. To be taken before all other
   * locks of the transaction, which ends it.
   */
  static void hold(Connection connection, Rows rows) throws SQLException {
    if (rows.labels().isEmpty() && rows.violations().isEmpty()) {
      return;
    }
    String lock =
        rows.labels().isEmpty() ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT " + lock + "(" + LOCK + ")");
    }
  }

  /** {@code kept}: violations that were stored with evidence, just now. */
  static void note(Connection connection, List<Rows.Found> kept) throws SQLException {
    List<Rows.Found> decided =
        kept.stream().filter(each -> !each.violation().decidingEvent().isEmpty()).toList();
    if (decided.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
      statement.setArray(1, texts(connection, decided, each -> each.violation().project()));
      statement.setArray(2, texts(connection, decided, each -> each.violation().decidingEvent()));
      statement.setArray(3, texts(connection, decided, each -> each.violation().stream()));
      statement.executeUpdate();
    }
  }

  private static Array texts(
      Connection connection, List<Rows.Found> found, Function<Rows.Found, String> text)
      throws SQLException {
    return connection.createArrayOf(
        "text", found.stream().map(each -> clean(text.apply(each))).toArray(String[]::new));
  }
}
