package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.review.ReviewCounts;
import io.assay.web.system.Refused;
import io.assay.web.votes.VoteResults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads what was proposed for review, with what was said of it. */
@Repository
public class SampleQueries {
  private static final int FETCHED = 100;
  private static final long MOST_EVIDENCE = 256L << 20;

  /** By key, in their order: so that no more violations are looked up than are asked for. */
  private static final String SAMPLES =
      """
      SELECT v.evidence::text AS evidence, i.event::text AS event, i.id, i.stream, i.key, i.finding, i.correction AS kind, w.correction, w.edited::text AS edited,
        w.scope, w.reviewer, w.at
      FROM (SELECT * FROM label_item WHERE project = ? AND round BETWEEN ? AND ? ORDER BY round, rank DESC, id) i
      LEFT JOIN LATERAL (
        SELECT id, evidence FROM violation w
        WHERE w.project = i.project AND w.day = i.day AND w.id = i.violation LIMIT 1) v ON true
      LEFT JOIN LATERAL (
        SELECT * FROM label_verdict said
        WHERE said.project = i.project AND said.item = i.id AND said.undone IS NULL AND said.finding = i.finding
        ORDER BY said.settles DESC, said.id DESC LIMIT 1) w ON true
      WHERE v.id IS NOT NULL OR i.event IS NOT NULL
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
   * Samples in the order in which they were to be looked at. In a transaction, so that they come in
   * pieces.
   *
   * @param round of which; none: of all
   * @param limit the most
   * @throws Refused where their evidence is more than an export can hold in memory
   */
  @Transactional(readOnly = true)
  public List<LabelledSample> samples(String project, OptionalLong round, int limit) {
    return read(project, round, limit, read -> {});
  }

  /** The same; {@code told} hears after each sample how many are read, and may throw. */
  @Transactional(readOnly = true)
  public List<LabelledSample> samples(
      String project, OptionalLong round, int limit, IntConsumer told) {
    return read(project, round, limit, told);
  }

  private List<LabelledSample> read(
      String project, OptionalLong round, int limit, IntConsumer told) {
    var worth =
        new ProposalWorth(
            counts.flags(project), counts.corrections(project), votes.estimates(project));
    List<LabelledSample> found = new ArrayList<>();
    var bytes = new AtomicLong();
    jdbc.sql(SAMPLES)
        .params(project, round.orElse(Long.MIN_VALUE), round.orElse(Long.MAX_VALUE), limit)
        .withFetchSize(FETCHED)
        .query(
            row -> {
              String evidence = row.getString("evidence");
              String held = evidence == null ? row.getString("event") : evidence;
              if (bytes.addAndGet(held.length()) > MOST_EVIDENCE) {
                throw new Refused(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "an export holds at most %,d bytes of evidence; ask for one round"
                        .formatted(MOST_EVIDENCE));
              }
              found.add(
                  evidence == null
                      ? drawn(row, project)
                      : sample(row, ViolationJson.read(evidence.getBytes(UTF_8)), worth));
              told.accept(found.size());
            });
    return found;
  }

  /** How many items there are. */
  public int count(String project, OptionalLong round) {
    return jdbc.sql("SELECT count(*) FROM label_item WHERE project = ? AND round BETWEEN ? AND ?")
        .params(project, round.orElse(Long.MIN_VALUE), round.orElse(Long.MAX_VALUE))
        .query(Integer.class)
        .single();
  }

  /** How many items no export has: those whose violation is stored no more. */
  public int leftOut(String project, OptionalLong round) {
    return jdbc.sql(
            "SELECT count(*) FROM label_item i WHERE i.project = ? AND i.round BETWEEN ? AND ? AND"
                + " i.event IS NULL AND NOT EXISTS (SELECT FROM violation v WHERE v.project ="
                + " i.project AND v.day = i.day AND v.id = i.violation)")
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

  private static LabelledSample sample(ResultSet row, Violation flagged, ProposalWorth worth)
      throws SQLException {
    String kind = row.getString("kind");
    return sample(row, flagged, LabelScope::read, () -> worth.of(flagged.assertion(), kind));
  }

  /** Who looked at an event has looked at all of it, where they do not say otherwise. */
  private static LabelledSample drawn(ResultSet row, String project) throws SQLException {
    return sample(
        row,
        DrawnEvent.of(
            project,
            row.getString("id"),
            row.getString("stream"),
            row.getString("key"),
            row.getString("event")),
        scope -> scope.isBlank() ? LabelScope.ALL : LabelScope.read(scope),
        Weight::ofNobody);
  }

  /** {@code proposed}: the weight of what nobody has looked at. */
  private static LabelledSample sample(
      ResultSet row,
      Violation flagged,
      Function<String, LabelScope> scopes,
      Supplier<Weight> proposed)
      throws SQLException {
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
        finding == null ? LabelScope.ALL : scopes.apply(scope == null ? "" : scope),
        finding == null ? proposed.get() : Weight.ofPerson(),
        reviewer == null ? "" : reviewer,
        Optional.ofNullable(at).map(OffsetDateTime::toInstant));
  }
}
