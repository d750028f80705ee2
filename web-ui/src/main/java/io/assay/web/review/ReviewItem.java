package io.assay.web.review;

import io.assay.assertion.weaklabel.Finding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An episode that somebody is to look at, and the violation of it that is shown.
 *
 * @param id of the episode
 * @param round in which it was proposed
 * @param assertion that flagged it; empty where the item is an event that was drawn at random
 * @param day of the violation, UTC
 * @param violation its id; empty for an event
 * @param severity of it; only the order counts
 * @param arm why it was proposed: {@code bandit}, {@code random}, …, {@code person}
 * @param rank the higher, the sooner
 * @param needed how many people are to say something
 * @param said how many have
 * @param finding what holds; empty while nothing does
 */
record ReviewItem(
    String project,
    String id,
    long round,
    String assertion,
    String stream,
    String key,
    String label,
    LocalDate day,
    String violation,
    Instant at,
    double severity,
    String arm,
    String reason,
    double rank,
    int needed,
    int said,
    Standing.Status status,
    Optional<Finding> finding) {

  /** Whether it is an event that was drawn at random, and of which no violation is shown. */
  boolean isEvent() {
    return violation.isEmpty();
  }

  /** As it is given to somebody: without what others have said. */
  ReviewItem asGiven(long shownRound) {
    return new ReviewItem(
        project,
        id,
        shownRound,
        assertion,
        stream,
        key,
        label,
        day,
        violation,
        at,
        severity,
        arm,
        reason,
        rank,
        needed,
        0,
        Standing.Status.OPEN,
        Optional.empty());
  }

  static final String COLUMNS =
      "project, id, round, assertion, stream, key, label, day, violation, at, severity, arm,"
          + " reason, rank, needed, said, status, finding";

  static ReviewItem of(ResultSet row, int number) throws SQLException {
    return new ReviewItem(
        row.getString("project"),
        row.getString("id"),
        row.getLong("round"),
        row.getString("assertion"),
        row.getString("stream"),
        row.getString("key"),
        row.getString("label"),
        row.getObject("day", LocalDate.class),
        row.getString("violation"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getDouble("severity"),
        row.getString("arm"),
        row.getString("reason"),
        row.getDouble("rank"),
        row.getInt("needed"),
        row.getInt("said"),
        Standing.Status.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("finding")).map(Finding::valueOf));
  }
}
