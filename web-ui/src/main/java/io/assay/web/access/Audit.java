package io.assay.web.access;

import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes down every change with its actor, in the transaction of the change. */
@Component
public class Audit {
  private final AuditRepository entries;
  private final Clock clock;

  Audit(AuditRepository entries, Clock clock) {
    this.entries = entries;
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
    entries.save(new AuditEntry(project, clock.instant(), actor, action, subject, detail));
  }
}
