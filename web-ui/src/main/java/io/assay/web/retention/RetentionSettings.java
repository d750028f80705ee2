package io.assay.web.retention;

import io.assay.web.access.Audit;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How long a project keeps what; whoever changes it is written down. */
@Component
public class RetentionSettings {
  static final int MOST_DAYS = 36_500;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  RetentionSettings(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What was decided for a kind, and by whom. */
  public record Decided(int days, String by, Instant at) {}

  /** By kind; what is not among them is kept for ever. */
  @Transactional(readOnly = true)
  public Map<Kind, Decided> of(String project) {
    Map<Kind, Decided> found = new EnumMap<>(Kind.class);
    jdbc.sql("SELECT * FROM retention WHERE project = ?")
        .param(project)
        .query(
            row -> {
              Optional<Kind> kind = Kind.of(row.getString("kind"));
              if (kind.isPresent()) {
                found.put(
                    kind.get(),
                    new Decided(
                        row.getInt("days"),
                        row.getString("changed_by"),
                        row.getObject("changed", OffsetDateTime.class).toInstant()));
              }
            });
    return found;
  }

  /** Days that a kind is kept; empty for ever. */
  public OptionalInt days(String project, Kind kind) {
    return Optional.ofNullable(of(project).get(kind)).stream().mapToInt(Decided::days).findFirst();
  }

  /**
   * Keeps a kind for so many days from now on; empty for ever.
   *
   * @throws IllegalArgumentException where the days are none
   */
  @Transactional
  public void change(String project, String actor, Kind kind, OptionalInt days) {
    days.ifPresent(RetentionSettings::require);
    OptionalInt before = days(project, kind);
    if (before.equals(days)) {
      return;
    }
    if (days.isPresent()) {
      jdbc.sql(
              """
              INSERT INTO retention (project, kind, days, changed, changed_by) VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (project, kind) DO UPDATE
              SET days = excluded.days, changed = excluded.changed, changed_by = excluded.changed_by\
              """)
          .params(
              project,
              kind.word(),
              days.getAsInt(),
              clock.instant().atOffset(ZoneOffset.UTC),
              actor)
          .update();
    } else {
      jdbc.sql("DELETE FROM retention WHERE project = ? AND kind = ?")
          .params(project, kind.word())
          .update();
    }
    audit.note(
        project, actor, "retention.changed", kind.word(), told(before) + " to " + told(days));
  }

  private static void require(int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "a time to keep needs 1 to %d days, or none for ever, got %d".formatted(MOST_DAYS, days));
    }
  }

  private static String told(OptionalInt days) {
    return days.isPresent() ? days.getAsInt() + " days" : "for ever";
  }
}
