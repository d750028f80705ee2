package io.assay.web.review;

import io.assay.web.review.Standing.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is still to be looked at, the highest rank first. Who takes an item has it for a while:
 * others are given the next, so that nobody looks at what somebody is looking at.
 *
 * <p>Longer than others: who may take what is said by two conditions, which all that counts, lists
 * and takes has to share.
 */
@Component
public class ReviewQueue {
  /** Enough for a hard one; after that another may take it, and both verdicts count. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** What a reviewer would rather not say anything of is not given to them for so long. */
  static final Duration SKIPPED = Duration.ofMinutes(30);

  /** Of what I have said nothing of: an answer that is known is not told. */
  private static final String SECRET =
      """
       (i.gold IS NOT NULL AND NOT EXISTS (SELECT FROM label_verdict v WHERE v.project = i.project AND v.item = i.id
         AND v.reviewer = :me AND v.undone IS NULL))\
      """;

  /** Others may be looking at as many as are still needed, and not at more. */
  private static final String FREE =
      """
       AND NOT EXISTS (SELECT FROM label_verdict v WHERE v.project = i.project AND v.item = i.id
         AND v.reviewer = :me AND v.undone IS NULL AND NOT v.settles)
       AND NOT EXISTS (SELECT FROM label_lease s WHERE s.project = i.project AND s.item = i.id
         AND s.reviewer = :me AND s.skipped AND s.until > :now)\
      """;

  private static final String UNTAKEN =
      """
       AND i.said + (SELECT count(*) FROM label_lease l WHERE l.project = i.project AND l.item = i.id
         AND l.reviewer <> :me AND l.until > :now AND NOT l.skipped) < i.needed\
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  ReviewQueue(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The next one for a reviewer, who has it from now on, and gives back what they had before; the
   * same again while they have not said anything of it.
   *
   * @param assertion empty for any
   */
  @Transactional
  public Optional<ReviewItem> take(String project, String reviewer, String assertion) {
    oneAtATime(project);
    Optional<ReviewItem> next =
        held(project, reviewer, assertion)
            .or(() -> gold(project, reviewer, assertion))
            .or(() -> best(project, reviewer, assertion));
    release(project, reviewer);
    next.ifPresent(item -> lease(item.project(), item.id(), reviewer, LEASE, false));
    return next.map(this::asGiven);
  }

  /**
   * Until the transaction ends nobody else takes an item of the project. A lease that another has
   * just taken must be seen: a row that is locked alone does not show it.
   */
  public void oneAtATime(String project) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('review ' || ?, 0))")
        .param(project)
        .query(row -> {});
  }

  /** They would rather not say anything of it: {@link #take} gives them others for a while. */
  @Transactional
  public void skip(String project, String item, String reviewer) {
    lease(project, item, reviewer, SKIPPED, true);
  }

  /** Gives back what a reviewer has, and forgets what they skipped a while ago. */
  @Transactional
  public void release(String project, String reviewer) {
    jdbc.sql(
            "DELETE FROM label_lease WHERE project = ? AND reviewer = ? AND (NOT skipped OR until"
                + " <= ?)")
        .params(project, reviewer, time(clock.instant()))
        .update();
  }

  private void lease(
      String project, String item, String reviewer, Duration lasting, boolean skipped) {
    jdbc.sql(
            "INSERT INTO label_lease (project, item, reviewer, until, skipped) VALUES (?, ?, ?, ?,"
                + " ?) ON CONFLICT (project, item, reviewer) DO UPDATE SET until = excluded.until,"
                + " skipped = excluded.skipped")
        .params(project, item, reviewer, time(clock.instant().plus(lasting)), skipped)
        .update();
  }

  private Optional<ReviewItem> held(String project, String reviewer, String assertion) {
    return asked(
            "SELECT "
                + ReviewItem.COLUMNS
                + " FROM label_item i WHERE project = :project AND (status = 'OPEN' OR gold IS NOT"
                + " NULL)"
                + ofAssertion(assertion)
                + " AND EXISTS (SELECT FROM label_lease l WHERE l.project = i.project AND l.item ="
                + " i.id AND l.reviewer = :me AND l.until > :now AND NOT l.skipped)"
                + FREE
                + " LIMIT 1",
            project,
            reviewer,
            assertion)
        .query(ReviewItem::of)
        .optional();
  }

  /** As every other item to look at: nothing tells them apart. */
  private Optional<ReviewItem> gold(String project, String reviewer, String assertion) {
    return gold(project, reviewer, assertion, said(project, reviewer), "");
  }

  private long said(String project, String reviewer) {
    return jdbc.sql(
            "SELECT count(*) FROM label_verdict WHERE project = ? AND reviewer = ? AND NOT settles")
        .params(project, reviewer)
        .query(Long.class)
        .single();
  }

  /** A digest of the salted hash of their password, which leaves the database nowhere. */
  private String secret(String reviewer) {
    return jdbc.sql(
            "SELECT encode(sha256(convert_to(password, 'UTF8')), 'hex') FROM account WHERE name ="
                + " ?")
        .param(reviewer)
        .query(String.class)
        .optional()
        .orElse("");
  }

  private Optional<ReviewItem> gold(
      String project, String reviewer, String assertion, long said, String besides) {
    if (!KnownAnswers.isDue(secret(reviewer), project, reviewer, said)) {
      return Optional.empty();
    }
    return asked(
            "SELECT "
                + ReviewItem.COLUMNS
                + " FROM label_item i WHERE project = :project AND gold IS NOT NULL AND id <>"
                + " :besides"
                + ofAssertion(assertion)
                + FREE
                + " ORDER BY id LIMIT 1",
            project,
            reviewer,
            assertion)
        .param("besides", besides)
        .query(ReviewItem::of)
        .optional();
  }

  /**
   * What {@link #take} is likely to give once something is said of an item; nobody has it before
   * they take it.
   */
  public Optional<ReviewItem> upcoming(String project, String reviewer, String besides) {
    return gold(project, reviewer, "", said(project, reviewer) + 1, besides)
        .or(() -> best(project, reviewer, "", besides, ""));
  }

  private Optional<ReviewItem> best(String project, String reviewer, String assertion) {
    return best(project, reviewer, assertion, "", " FOR UPDATE OF i SKIP LOCKED");
  }

  private Optional<ReviewItem> best(
      String project, String reviewer, String assertion, String besides, String lock) {
    return asked(
            "SELECT "
                + ReviewItem.COLUMNS
                + " FROM label_item i WHERE project = :project AND status = 'OPEN' AND id <>"
                + " :besides"
                + ofAssertion(assertion)
                + FREE
                + UNTAKEN
                + " ORDER BY rank DESC, id LIMIT 1"
                + lock,
            project,
            reviewer,
            assertion)
        .param("besides", besides)
        .query(ReviewItem::of)
        .optional();
  }

  /**
   * What waits, the highest rank first, without taking any.
   *
   * @param reviewer who asks, and is not told which answers are known: such items are open until
   *     they have said something; empty for those who may know
   * @param after what the answer before ended with, or empty
   */
  public List<ReviewItem> waiting(
      String project,
      Status status,
      String assertion,
      String reviewer,
      Optional<After> after,
      int limit) {
    boolean toldAll = reviewer.isEmpty();
    String stands =
        toldAll
            ? "status = :status"
            : status == Status.OPEN
                ? "(status = :status OR " + SECRET + ")"
                : "status = :status AND NOT " + SECRET;
    return asked(
            "SELECT "
                + ReviewItem.COLUMNS
                + " FROM label_item i WHERE project = :project AND "
                + stands
                + ofAssertion(assertion)
                + (after.isPresent() ? " AND (rank < :rank OR rank = :rank AND id > :id)" : "")
                + " ORDER BY rank DESC, id LIMIT :limit",
            project,
            reviewer,
            assertion)
        .param("status", status.name())
        .param("rank", after.map(After::rank).orElse(0.0))
        .param("id", after.map(After::id).orElse(""))
        .param("limit", limit)
        .query(ReviewItem::of)
        .list()
        .stream()
        .map(item -> item.status() == status ? item : asGiven(item))
        .toList();
  }

  /** The last of a page: by rank and id. */
  record After(double rank, String id) {}

  /** One item. */
  public Optional<ReviewItem> one(String project, String id) {
    return jdbc.sql(
            "SELECT " + ReviewItem.COLUMNS + " FROM label_item WHERE project = ? AND id = ?")
        .params(project, id)
        .query(ReviewItem::of)
        .optional();
  }

  /**
   * One item as a reviewer is to see it: what they were given and have said nothing of is open,
   * whatever others have said, for as long as they look. Else an item with a known answer would
   * tell it; that is open also before they are given it.
   *
   * @param mayKnow whether they may know answers, as those who set them
   */
  public Optional<ReviewItem> seenBy(String project, String id, String reviewer, boolean mayKnow) {
    return one(project, id)
        .map(
            item ->
                isGiven(project, id, reviewer) || (!mayKnow && isSecret(project, id, reviewer))
                    ? asGiven(item)
                    : item);
  }

  /** Open, and of the newest round: an answer that is known is mostly of one long ago. */
  private ReviewItem asGiven(ReviewItem item) {
    return item.asGiven(
        item.status() == Status.OPEN
            ? item.round()
            : jdbc.sql("SELECT coalesce(max(number), ?) FROM label_round WHERE project = ?")
                .params(item.round(), item.project())
                .query(Long.class)
                .single());
  }

  private boolean isSecret(String project, String id, String reviewer) {
    return asked(
            "SELECT EXISTS (SELECT FROM label_item i WHERE i.project = :project AND i.id = :id AND"
                + SECRET
                + ")",
            project,
            reviewer,
            "")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  private boolean isGiven(String project, String id, String reviewer) {
    return asked(
            "SELECT EXISTS (SELECT FROM label_item i JOIN label_lease l ON l.project = i.project"
                + " AND l.item = i.id WHERE i.project = :project AND i.id = :id"
                + " AND l.reviewer = :me AND NOT l.skipped"
                + FREE
                + ")",
            project,
            reviewer,
            "")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Of an item that is an event: an object of its id, time and fields, private ones among them. */
  public Optional<String> event(String project, String id) {
    return jdbc.sql(
            "SELECT event::text FROM label_item WHERE project = ? AND id = ? AND event IS NOT NULL")
        .params(project, id)
        .query(String.class)
        .optional();
  }

  /** How many wait, counted up to a number. */
  public long open(String project, int most) {
    return jdbc.sql(
            "SELECT count(*) FROM (SELECT FROM label_item WHERE project = ? AND status = 'OPEN'"
                + " LIMIT ?) first")
        .params(project, most)
        .query(Long.class)
        .single();
  }

  /** How many of the first wait, by what flagged them; the most first. */
  List<Waiting> byAssertion(String project, int most) {
    return jdbc.sql(
            "SELECT assertion, stream, count(*) AS items FROM (SELECT assertion, stream FROM"
                + " label_item WHERE project = ? AND status = 'OPEN' LIMIT ?) first"
                + " GROUP BY assertion, stream ORDER BY items DESC, assertion, stream")
        .params(project, most)
        .query(
            (row, number) ->
                new Waiting(
                    row.getString("assertion"), row.getString("stream"), row.getLong("items")))
        .list();
  }

  /**
   * Items that wait.
   *
   * @param assertion empty where they are events that were drawn, flagged or not
   */
  record Waiting(String assertion, String stream, long items) {}

  private JdbcClient.StatementSpec asked(
      String sql, String project, String reviewer, String assertion) {
    Instant now = clock.instant();
    return jdbc.sql(sql)
        .param("project", project)
        .param("me", reviewer)
        .param("assertion", assertion)
        .param("now", time(now));
  }

  private static String ofAssertion(String assertion) {
    return assertion.isEmpty() ? "" : " AND assertion = :assertion";
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
