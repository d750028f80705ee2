package io.assay.web.access;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes down every change with its actor, in the transaction of the change. */
@Component
public class Audit {
  private final JdbcClient jdbc;
  private final Clock clock;

  Audit(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Notes a change.
   *
   * @param action what was done, as a word with dots: {@code member.added}
   * @param subject to what or whom
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void note(String project, String actor, String action, String subject, String detail) {
    jdbc.sql(
            "insert into audit (project, at, actor, action, subject, detail)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(project, clock.instant().atOffset(ZoneOffset.UTC), actor, action, subject, detail)
        .update();
  }
}
