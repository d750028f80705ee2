package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.review.ReviewCounts;
import io.assay.web.votes.VoteResults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what was proposed for review, with what was said of it. */
@Repository
public class SampleQueries {
  private static final String SAMPLES =
      """
      SELECT v.evidence::text AS evidence, i.finding, i.correction AS kind, w.correction, w.edited::text AS edited,
        w.scope, w.reviewer, w.at
      FROM label_item i
      JOIN violation v ON v.project = i.project AND v.day = i.day AND v.id = i.violation
      LEFT JOIN LATERAL (
        SELECT * FROM label_verdict said
        WHERE said.project = i.project AND said.item = i.id AND said.undone IS NULL AND said.finding = i.finding
        ORDER BY said.settles DESC, said.id DESC LIMIT 1) w ON true
      WHERE i.project = ? AND i.round BETWEEN ? AND ?
      ORDER BY i.round, i.rank DESC, i.id LIMIT ?\
      """;

  private final JdbcClient jdbc;
  private final ReviewCounts counts;
  private final VoteResults votes;

  SampleQueries(JdbcClient jdbc, ReviewCounts counts, VoteResults votes) {
    this.jdbc = jdbc;
    this.counts = counts;
    this.votes = votes;
  }

  /**
   * Samples in the order in which they were to be looked at.
   *
   * @param round of which; none: of all
   * @param limit the most
   */
  public List<LabelledSample> samples(String project, OptionalLong round, int limit) {
    var worth =
        new ProposalWorth(
            counts.flags(project), counts.corrections(project), votes.estimates(project));
    return jdbc.sql(SAMPLES)
        .params(project, round.orElse(Long.MIN_VALUE), round.orElse(Long.MAX_VALUE), limit)
        .query((row, number) -> sample(row, worth))
        .list();
  }

  /** How many events were drawn at random, which no export has: no violation is of them. */
  public int randomEvents(String project, OptionalLong round) {
    return jdbc.sql(
            "SELECT count(*) FROM label_item WHERE project = ? AND round BETWEEN ? AND ? AND event"
                + " IS NOT NULL")
        .params(project, round.orElse(Long.MIN_VALUE), round.orElse(Long.MAX_VALUE))
        .query(Integer.class)
        .single();
  }

  /** Whether the project has a round of that number. */
  public boolean hasRound(String project, long round) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM label_round WHERE project = ? AND number = ?)")
        .params(project, round)
        .query(Boolean.class)
        .single();
  }

  private static LabelledSample sample(ResultSet row, ProposalWorth worth) throws SQLException {
    Violation flagged = ViolationJson.read(row.getString("evidence").getBytes(UTF_8));
    String finding = row.getString("finding");
    String correction = row.getString("correction");
    String edited = row.getString("edited");
    String scope = row.getString("scope");
    String reviewer = row.getString("reviewer");
    OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
    List<Violation.Corrected> events =
        edited == null ? List.of() : EditedEvents.read(edited, flagged);
    Decision decision = correction == null ? Decision.NONE : Decision.valueOf(correction);
    return new LabelledSample(
        flagged,
        finding == null ? Verdict.NONE : Verdict.valueOf(finding.toUpperCase(Locale.ROOT)),
        // Edited into something that names no event is not known.
        decision == Decision.EDITED && events.isEmpty() ? Decision.REJECTED : decision,
        events,
        finding == null ? LabelScope.ALL : LabelScope.read(scope == null ? "" : scope),
        finding == null ? worth.of(flagged.assertion(), row.getString("kind")) : Weight.ofPerson(),
        reviewer == null ? "" : reviewer,
        Optional.ofNullable(at).map(OffsetDateTime::toInstant));
  }
}
