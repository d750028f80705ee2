package io.assay.web.review;

import static io.assay.web.review.ReviewQueue.time;

import io.assay.web.access.Audit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What reviewers are told of an assertion. */
@Component
class Guidelines {
  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  Guidelines(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** Of one assertion, and who wrote it last. */
  record Guideline(String assertion, String text, Instant changed, String by) {}

  Optional<String> of(String project, String assertion) {
    return jdbc.sql("SELECT body FROM label_guideline WHERE project = ? AND assertion = ?")
        .params(project, assertion)
        .query(String.class)
        .optional();
  }

  /** In order of assertions, behind one; {@code after} is empty at the first. */
  List<Guideline> list(String project, String after, int most) {
    return jdbc.sql(
            "SELECT assertion, body, changed, changed_by FROM label_guideline WHERE project = ?"
                + " AND assertion > ? ORDER BY assertion LIMIT ?")
        .params(project, after, most)
        .query(Guidelines::guideline)
        .list();
  }

  /** Takes the place of the one before. */
  @Transactional
  public Guideline set(String project, String assertion, String author, String text) {
    Instant now = clock.instant();
    jdbc.sql(
            "INSERT INTO label_guideline (project, assertion, body, changed, changed_by) VALUES (?,"
                + " ?, ?, ?, ?) ON CONFLICT (project, assertion) DO UPDATE SET body ="
                + " excluded.body, changed = excluded.changed, changed_by = excluded.changed_by")
        .params(project, assertion, text, time(now), author)
        .update();
    audit.note(project, author, "guideline.changed", assertion, text.length() + " characters");
    return new Guideline(assertion, text, now, author);
  }

  private static Guideline guideline(ResultSet row, int number) throws SQLException {
    return new Guideline(
        row.getString("assertion"),
        row.getString("body"),
        row.getObject("changed", OffsetDateTime.class).toInstant(),
        row.getString("changed_by"));
  }
}
