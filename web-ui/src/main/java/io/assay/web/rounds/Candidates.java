package io.assay.web.rounds;

import static io.assay.web.rounds.RoundStore.time;

import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Place;
import io.assay.assertion.selection.Probabilities;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Episodes that could be labelled, and those that were proposed before. */
@Component
class Candidates {
  private static final int FETCHED = 10_000;

  private final JdbcClient jdbc;

  Candidates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What evidence says, of assertions of which it matters. */
  private static final String VALUES =
      """
       CASE WHEN e.assertion = ANY (:told) THEN (SELECT v.evidence FROM violation v
        WHERE v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id) END AS told
      """;

  private static final String WAITING =
      """
      FROM episode e
      WHERE e.project = :project AND e.mode = 'ACTIVE' AND e.opened >= :since
        AND e.assertion = ANY (:assertions)
        AND e.counted < e.violations
        AND NOT EXISTS (SELECT FROM label_item i WHERE i.project = e.project AND i.id = e.id)
        AND NOT EXISTS (SELECT FROM label_known k WHERE k.project = e.project
          AND k.assertion = e.assertion AND (k.key = '' OR k.key = e.key) AND k.ended IS NULL)
      """;

  /**
   * Some that could be proposed.
   *
   * @param count not counted beyond what was asked for
   * @param oldest event time of the first
   */
  record Crowd(long count, Optional<Instant> oldest) {}

  /** How many could be proposed, counted up to a number, and the oldest of these. */
  Crowd count(String project, Collection<String> assertions, Instant since, int most) {
    return asked(
            "SELECT count(*) AS n, min(opened) AS oldest FROM (SELECT e.opened "
                + WAITING
                + " LIMIT "
                + most
                + ") first",
            project,
            assertions,
            since)
        .query(
            (row, number) ->
                new Crowd(
                    row.getLong("n"),
                    Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)))
        .single();
  }

  private JdbcClient.StatementSpec asked(
      String sql, String project, Collection<String> assertions, Instant since) {
    return jdbc.sql(sql)
        .param("project", project)
        .param("since", time(since))
        .param("assertions", assertions.toArray(String[]::new));
  }

  /**
   * Episodes of active assertions since a time that were not proposed yet, and of which no known
   * problem is, in order of event time. In a transaction, so that they come in pieces.
   *
   * @param told which values of their worst violation say of which stratum they are and how likely
   *     the model held each class; costs a look into the evidence of each such episode
   */
  List<Candidate> waiting(
      String project, Collection<String> assertions, Instant since, List<Sampled.Told> told) {
    List<Candidate> found = new ArrayList<>();
    asked(
            "SELECT e.id, e.assertion, e.stream, e.key, e.subject, e.opened, e.worst, e.confidence,"
                + VALUES
                + WAITING
                + " ORDER BY e.opened, e.id",
            project,
            assertions,
            since)
        .param("told", told.stream().map(Sampled.Told::assertion).toArray(String[]::new))
        .withFetchSize(FETCHED)
        .query(
            row -> {
              Candidate plain = candidate(row, row.getObject("opened", OffsetDateTime.class));
              found.add(ToldValues.of(row.getString("told"), plain, told));
            });
    return found;
  }

  /** What was proposed since a time, so that limits and the guard know of it. */
  List<Candidate> proposed(String project, Collection<String> assertions, Instant since) {
    List<Candidate> found = new ArrayList<>();
    asked(
            """
            SELECT i.id, i.assertion, i.stream, i.key, coalesce(e.subject, i.label) AS subject, i.at, i.severity AS worst,
              e.confidence
            FROM label_item i LEFT JOIN episode e ON e.project = i.project AND e.id = i.id
            WHERE i.project = :project AND i.at >= :since AND i.assertion = ANY (:assertions)
            ORDER BY i.round, i.rank DESC, i.id\
            """,
            project,
            assertions,
            since)
        .withFetchSize(FETCHED)
        .query(
            row -> {
              found.add(candidate(row, row.getObject("at", OffsetDateTime.class)));
            });
    return found;
  }

  private static Candidate candidate(ResultSet row, OffsetDateTime at) throws SQLException {
    var place =
        new Place(
            row.getString("stream"),
            row.getString("key"),
            identity(row.getString("subject")),
            at.toInstant());
    Candidate flagged =
        Candidate.flagged(
            row.getString("id"), place, row.getString("assertion"), row.getDouble("worst"));
    double confidence = row.getDouble("confidence");
    return row.wasNull() ? flagged : flagged.with(Probabilities.ofConfidence(confidence));
  }

  /** Without the start of its life: what comes back teaches the same. */
  private static String identity(String subject) {
    int at = subject.lastIndexOf('@');
    return at < 0 ? subject : subject.substring(0, at);
  }
}
