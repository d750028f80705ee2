package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.web.labels.LabelledSample.Decision;
import io.assay.web.labels.LabelledSample.Verdict;
import io.assay.web.review.ReviewCounts;
import io.assay.web.votes.VoteResults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what was proposed for review, with what was said of it. */
@Repository
public class SampleQueries {
  private static final int FETCHED = 100;

  /**
   * {@code ITEMS} by key, in their order: so that no more violations are looked up than are asked
   * for.
   */
  private static final String SAMPLES =
      """
      SELECT v.evidence::text AS evidence, i.event::text AS event, i.id, i.stream, i.key, i.finding, i.correction AS kind, w.correction, w.edited::text AS edited,
        w.scope, w.reviewer, w.at
      FROM (ITEMS ORDER BY round, rank DESC, id) i
      LEFT JOIN LATERAL (
        SELECT id, evidence FROM violation w
        WHERE w.project = i.project AND w.day = i.day AND w.id = i.violation LIMIT 1) v ON true
      LEFT JOIN LATERAL (
        SELECT * FROM label_verdict said
        WHERE said.project = i.project AND said.item = i.id AND said.undone IS NULL AND said.finding = i.finding
        ORDER BY said.settles DESC, said.id DESC LIMIT 1) w ON true
      WHERE v.id IS NOT NULL OR i.event IS NOT NULL
      ORDER BY i.round, i.rank DESC, i.id\
      """;

  private static final String TOLD =
      "SELECT * FROM label_item WHERE project = :project AND round BETWEEN :first AND :last";

  /** Its answer is known, and the reader, who may review it, has not said anything of it. */
  private static final String SECRET =
      """
      k.gold IS NOT NULL AND NOT EXISTS (SELECT FROM label_verdict said WHERE said.project = k.project
        AND said.item = k.id AND said.reviewer = :reader AND said.undone IS NULL)\
      """;

  /**
   * What is secret is as what waits: nobody has said anything, and it is of the newest round. Only
   * items whose answer is known are told of another round than theirs; so one round is read by the
   * index of rounds and the index of known answers, and not from all items.
   */
  static final String UNTOLD =
      """
      SELECT project, id, stream, key, event, day, violation, rank, correction, round, finding
      FROM (SELECT k.project, k.id, k.stream, k.key, k.event, k.day, k.violation, k.rank, k.correction,
          CASE WHEN h.secret THEN coalesce((SELECT max(number) FROM label_round WHERE project = :project), k.round)
            ELSE k.round END AS round,
          CASE WHEN h.secret THEN NULL ELSE k.finding END AS finding
        FROM label_item k CROSS JOIN LATERAL (SELECT %s AS secret) h
        WHERE k.project = :project AND (k.round BETWEEN :first AND :last OR k.gold IS NOT NULL)) told
      WHERE round BETWEEN :first AND :last\
      """
          .formatted(SECRET);

  private final JdbcClient jdbc;
  private final ReviewCounts counts;
  private final VoteResults votes;
  private final TransactionTemplate snapshot;

  SampleQueries(
      JdbcClient jdbc,
      ReviewCounts counts,
      VoteResults votes,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.counts = counts;
    this.votes = votes;
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** What is done with samples while they stay as they are. */
  public interface Work<T> {
    /**
     * @param samples those of one moment, read from the database anew each time, a few at a time
     * @throws IOException where it writes somewhere and cannot
     */
    T with(ExportSamples samples) throws IOException;
  }

  /**
   * Samples in the order in which they were to be looked at: in one snapshot, so that whoever reads
   * them twice reads the same ones. A connection is held as long as that takes.
   *
   * @param round of which; none: of all
   * @param reader who is not told answers that are known, of what they may be given to review: such
   *     a sample is as one that waits; empty for who may know them
   * @param told hears before each sample how many were read, over all readings, and may throw
   * @throws IOException what the work throws
   */
  public <T> T read(
      String project,
      OptionalLong round,
      ExportView view,
      String reader,
      IntConsumer told,
      Work<T> work)
      throws IOException {
    try {
      return snapshot.execute(
          status -> {
            var worth =
                new ProposalWorth(
                    counts.flags(project), counts.corrections(project), votes.estimates(project));
            var read = new AtomicInteger();
            try {
              return work.with(
                  taker ->
                      each(
                          project,
                          round,
                          reader,
                          worth,
                          sample -> {
                            told.accept(read.getAndIncrement());
                            taker.take(ExportSample.of(sample, view));
                          }));
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private interface Each {
    void take(LabelledSample sample) throws IOException;
  }

  private void each(
      String project, OptionalLong round, String reader, ProposalWorth worth, Each taker) {
    items(SAMPLES, project, round, reader)
        .withFetchSize(FETCHED)
        .query(
            row -> {
              String evidence = row.getString("evidence");
              LabelledSample sample =
                  evidence == null
                      ? drawn(row, project)
                      : sample(row, ViolationJson.read(evidence.getBytes(UTF_8)), worth);
              try {
                taker.take(sample);
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            });
  }

  /** Whether there are answers that a reader is not told; nobody hides any of the empty text. */
  public boolean hides(String project, String reader) {
    return !reader.isEmpty()
        && jdbc.sql(
                "SELECT EXISTS (SELECT FROM label_item k WHERE k.project = :project AND "
                    + SECRET
                    + ")")
            .param("project", project)
            .param("reader", reader)
            .query(Boolean.class)
            .single();
  }

  /** How many items there are, by the rounds that the reader is told; as {@link #read}. */
  public int count(String project, OptionalLong round, String reader) {
    return items("SELECT count(*) FROM (ITEMS) i", project, round, reader)
        .query(Integer.class)
        .single();
  }

  /**
   * How many items no export has: those whose violation is stored no more. By the rounds that the
   * reader is told.
   */
  public int leftOut(String project, OptionalLong round, String reader) {
    return items(
            "SELECT count(*) FROM (ITEMS) i WHERE i.event IS NULL AND NOT EXISTS (SELECT FROM"
                + " violation v WHERE v.project = i.project AND v.day = i.day AND v.id ="
                + " i.violation)",
            project,
            round,
            reader)
        .query(Integer.class)
        .single();
  }

  /** {@code sql} reads from {@code ITEMS}: those of the round, as the reader is told them. */
  private JdbcClient.StatementSpec items(
      String sql, String project, OptionalLong round, String reader) {
    return jdbc.sql(sql.replace("ITEMS", hides(project, reader) ? UNTOLD : TOLD))
        .param("project", project)
        .param("first", round.orElse(Long.MIN_VALUE))
        .param("last", round.orElse(Long.MAX_VALUE))
        .param("reader", reader);
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
