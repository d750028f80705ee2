package io.assay.web.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change, by whom and when. */
@Entity
@Table(name = "audit")
class AuditEntry {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  @SuppressWarnings("UnusedVariable") // Queries ask by it.
  private String project;

  private Instant at;
  private String actor;
  private String action;
  private String subject;
  private String detail;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields.
  protected AuditEntry() {}

  AuditRow row() {
    return new AuditRow(at, actor, action, subject, detail);
  }
}
