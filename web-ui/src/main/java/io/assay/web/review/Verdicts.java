package io.assay.web.review;

import static io.assay.web.review.ReviewQueue.time;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.access.Audit;
import io.assay.web.review.Verdict.CorrectionAnswer;
import io.assay.web.system.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What reviewers say: written down with who said it, and what follows for the item, in one
 * transaction. Two who act at once wait for each other at the item; neither verdict is lost.
 */
@Component
class Verdicts {
  private static final String COLUMNS =
      "id, item, reviewer, at, finding, correction, edited, reason, scope, known_until, settles,"
          + " undone";

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  Verdicts(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a reviewer says.
   *
   * @param edited JSON, for {@link CorrectionAnswer#EDITED} and for nothing else
   * @param settles whether it decides what reviewers disagree about
   */
  record Said(
      Finding finding,
      Optional<CorrectionAnswer> correction,
      Optional<String> edited,
      String reason,
      String scope,
      Optional<String> knownUntil,
      boolean settles) {}

  /**
   * Writes a verdict down. Of a reviewer who has said something of the item, it takes the place of
   * that.
   *
   * @throws Refused where there is no such item, or it proposes no correction that could be spoken
   *     of
   */
  @Transactional
  public ReviewItem give(String project, String item, String reviewer, Said said) {
    lock(project, item);
    said.correction()
        .filter(answer -> answer != CorrectionAnswer.EDITED && !isCorrected(project, item))
        .ifPresent(
            answer -> {
              throw Refused.bad(
                  "no correction is proposed here, so that none can be %s; what the event should"
                          .formatted(ReviewItems.name(answer))
                      + " have been is edited");
            });
    Instant now = clock.instant();
    List<String> knownBefore = takeBack(project, item, reviewer, said.settles(), now);
    jdbc.sql(
            "INSERT INTO label_verdict (project, item, reviewer, at, finding, correction, edited,"
                + " reason, scope, known_until, settles, millis)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?)")
        .params(project, item, reviewer, time(now), said.finding().name())
        .param(said.correction().map(Enum::name).orElse(null))
        .param(said.edited().orElse(null))
        .param(said.reason())
        .param(said.scope())
        .param(said.knownUntil().orElse(null))
        .param(said.settles())
        .param(looked(project, item, reviewer, now).orElse(null))
        .update();
    said.knownUntil().ifPresent(version -> known(project, item, version, reviewer, now));
    knownBefore.forEach(version -> unknownIfNobodySaysSo(project, item, version));
    release(project, item, reviewer);
    audit.note(
        project,
        reviewer,
        said.settles() ? "label.settled" : "label.given",
        item,
        said.finding() + said.correction().map(answer -> ", correction " + answer).orElse(""));
    return settle(project, item);
  }

  /**
   * Takes back the latest that a reviewer has said of an item.
   *
   * @throws Refused where there is nothing to take back
   */
  @Transactional
  public ReviewItem undo(String project, String item, String reviewer) {
    lock(project, item);
    Verdict last =
        of(project, item).stream()
            .filter(verdict -> verdict.reviewer().equals(reviewer) && verdict.undone().isEmpty())
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.CONFLICT, "you have said nothing of this item to take back"));
    jdbc.sql("UPDATE label_verdict SET undone = ? WHERE project = ? AND id = ?")
        .params(time(clock.instant()), project, last.id())
        .update();
    last.knownUntil().ifPresent(version -> unknownIfNobodySaysSo(project, item, version));
    audit.note(project, reviewer, "label.undone", item, last.finding().name());
    return settle(project, item);
  }

  /** Sets, or with an empty finding forgets, what is known to be right of an item. */
  @Transactional
  public ReviewItem gold(String project, String item, String author, Optional<Finding> finding) {
    lock(project, item);
    jdbc.sql("UPDATE label_item SET gold = ? WHERE project = ? AND id = ?")
        .param(finding.map(Enum::name).orElse(null))
        .param(project)
        .param(item)
        .update();
    audit.note(
        project, author, "label.gold", item, finding.map(Enum::name).orElse("no longer known"));
    return settle(project, item);
  }

  /** How many people are to look at an item. */
  @Transactional
  public ReviewItem need(String project, String item, String author, int needed) {
    lock(project, item);
    jdbc.sql("UPDATE label_item SET needed = ? WHERE project = ? AND id = ?")
        .params(needed, project, item)
        .update();
    audit.note(project, author, "label.needed", item, Integer.toString(needed));
    return settle(project, item);
  }

  /** All that was said of an item, the earliest first, undone ones among them. */
  public List<Verdict> of(String project, String item) {
    return jdbc.sql(
            "SELECT " + COLUMNS + " FROM label_verdict WHERE project = ? AND item = ? ORDER BY id")
        .params(project, item)
        .query(Verdicts::verdict)
        .list();
  }

  private boolean isCorrected(String project, String item) {
    return jdbc.sql("SELECT correction <> '' FROM label_item WHERE project = ? AND id = ?")
        .params(project, item)
        .query(Boolean.class)
        .single();
  }

  private ReviewItem settle(String project, String item) {
    ReviewItem now = lock(project, item);
    Standing standing = Standing.of(of(project, item), now.needed(), answer(project, item));
    jdbc.sql("UPDATE label_item SET status = ?, finding = ?, said = ? WHERE project = ? AND id = ?")
        .param(standing.status().name())
        .param(standing.finding().map(Enum::name).orElse(null))
        .param(standing.said())
        .param(project)
        .param(item)
        .update();
    return lock(project, item);
  }

  private Optional<Finding> answer(String project, String item) {
    return jdbc.sql("SELECT gold FROM label_item WHERE project = ? AND id = ? AND gold IS NOT NULL")
        .params(project, item)
        .query(String.class)
        .optional()
        .map(Finding::valueOf);
  }

  private ReviewItem lock(String project, String item) {
    return jdbc.sql(
            "SELECT "
                + ReviewItem.COLUMNS
                + " FROM label_item WHERE project = ? AND id = ? FOR UPDATE")
        .params(project, item)
        .query(ReviewItem::of)
        .optional()
        .orElseThrow(
            () ->
                new Refused(
                    HttpStatus.NOT_FOUND, "there is no item '%s' to review".formatted(item)));
  }

  /** The versions until which it was known by what is taken back. */
  private List<String> takeBack(
      String project, String item, String reviewer, boolean settles, Instant now) {
    return jdbc
        .sql(
            "UPDATE label_verdict SET undone = ? WHERE project = ? AND item = ? AND undone IS NULL"
                + " AND settles = ? AND (settles OR reviewer = ?) RETURNING known_until")
        .params(time(now), project, item, settles, reviewer)
        .query((row, number) -> Optional.ofNullable(row.getString("known_until")))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** From when they were given it. */
  private Optional<Long> looked(String project, String item, String reviewer, Instant now) {
    return jdbc.sql(
            "SELECT until FROM label_lease WHERE project = ? AND item = ? AND reviewer = ? AND NOT"
                + " skipped")
        .params(project, item, reviewer)
        .query(OffsetDateTime.class)
        .optional()
        .map(until -> Duration.between(until.toInstant().minus(ReviewQueue.LEASE), now).toMillis())
        .filter(millis -> millis >= 0);
  }

  private void release(String project, String item, String reviewer) {
    jdbc.sql("DELETE FROM label_lease WHERE project = ? AND item = ? AND reviewer = ?")
        .params(project, item, reviewer)
        .update();
  }

  private void known(String project, String item, String version, String by, Instant now) {
    jdbc.sql(
            "INSERT INTO label_known (project, assertion, key, version, since, by) SELECT project,"
                + " assertion, key, ?, ?, ? FROM label_item WHERE project = ? AND id = ? AND"
                + " assertion <> '' ON CONFLICT (project, assertion, key, version) DO NOTHING")
        .params(version, time(now), by, project, item)
        .update();
  }

  /** Others may have said the same, of this item or of another of its assertion and key. */
  private void unknownIfNobodySaysSo(String project, String item, String version) {
    jdbc.sql(
            """
            DELETE FROM label_known k USING label_item i
            WHERE i.project = ? AND i.id = ? AND k.project = i.project AND k.assertion = i.assertion
              AND k.key = i.key AND k.version = ?
              AND NOT EXISTS (SELECT FROM label_verdict v JOIN label_item o ON o.project = v.project AND o.id = v.item
                WHERE v.project = k.project AND v.known_until = k.version AND v.undone IS NULL
                  AND o.assertion = k.assertion AND o.key = k.key)\
            """)
        .params(project, item, version)
        .update();
  }

  private static Verdict verdict(ResultSet row, int number) throws SQLException {
    return new Verdict(
        row.getLong("id"),
        row.getString("item"),
        row.getString("reviewer"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Finding.valueOf(row.getString("finding")),
        Optional.ofNullable(row.getString("correction")).map(CorrectionAnswer::valueOf),
        Optional.ofNullable(row.getString("edited")),
        row.getString("reason"),
        row.getString("scope"),
        Optional.ofNullable(row.getString("known_until")),
        row.getBoolean("settles"),
        Optional.ofNullable(row.getObject("undone", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
