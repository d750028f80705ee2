package io.assay.web.labels;

import io.assay.web.system.Moment;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Labels that came and could not be taken. Whoever sent them was told; those who wait for them look
 * here. Nothing of what they said is kept.
 */
@Component
public class RefusedLabels {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedLabels.class);
  private static final int KEPT = 1000;
  private static final int LONGEST = 500;

  private final JdbcClient jdbc;
  private final Clock clock;

  RefusedLabels(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Of one request, or one message of a tool.
   *
   * @param source where it came from: {@code api}, {@code label-studio}
   * @param by who sent it, as far as that is known
   */
  public record Refusal(long id, Instant at, String source, String by, String why) {
    /** For pages. */
    public Moment moment() {
      return new Moment(at);
    }
  }

  /** Notes one. That it cannot be noted stops nothing. */
  public void note(String project, String source, String by, String why) {
    String cut = why.replace("\u0000", "");
    try {
      jdbc.sql(
              "WITH new AS (INSERT INTO label_refused (project, at, source, by, why) VALUES"
                  + " (:project, :at, :source, :by, :why)) DELETE FROM label_refused WHERE project"
                  + " = :project AND id <= (SELECT id FROM label_refused WHERE project = :project"
                  + " ORDER BY id DESC OFFSET :kept LIMIT 1)")
          .param("project", project)
          .param("at", clock.instant().atOffset(ZoneOffset.UTC))
          .param("source", source)
          .param("by", by)
          .param("why", cut.substring(0, Math.min(LONGEST, cut.length())))
          .param("kept", KEPT)
          .update();
    } catch (DataAccessException away) {
      LOG.warn(
          "that labels of project {} were refused could not be noted: {}",
          project,
          away.getMessage());
    }
  }

  /** The newest first; {@code after}: only those that were noted before that one. */
  List<Refusal> newest(String project, Optional<Long> after, int limit) {
    return jdbc.sql(
            "SELECT * FROM label_refused WHERE project = ? AND id < ? ORDER BY id DESC LIMIT ?")
        .params(project, after.orElse(Long.MAX_VALUE), limit)
        .query(
            (row, number) ->
                new Refusal(
                    row.getLong("id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("source"),
                    row.getString("by"),
                    row.getString("why")))
        .list();
  }
}
