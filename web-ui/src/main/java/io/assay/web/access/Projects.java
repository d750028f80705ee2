package io.assay.web.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The projects of the installation: made, renamed, closed and opened again by administrators. */
@Component
public class Projects {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int LONGEST_TITLE = 100;

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Clock clock;

  Projects(JdbcClient jdbc, Audit audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A project.
   *
   * @param closed null while it is open
   */
  public record Row(
      String name, String title, long members, Instant created, @Nullable Instant closed) {}

  /** What came of a wish. */
  public sealed interface Outcome {
    record Done() implements Outcome {}

    /** Nothing was changed, and why. */
    record Refused(String why) implements Outcome {}
  }

  /** Those that someone administers, by name. */
  @Transactional(readOnly = true)
  public List<Row> administeredBy(String account) {
    return jdbc.sql(
            """
            select p.*, (select count(*) from membership all_of where all_of.project = p.name) as members
            from project p join membership m on m.project = p.name
            where m.account = ? and m.role = 'ADMINISTRATOR' order by p.name\
            """)
        .param(account)
        .query(
            (row, number) ->
                new Row(
                    row.getString("name"),
                    row.getString("title"),
                    row.getLong("members"),
                    row.getObject("created", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("closed", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null)))
        .list();
  }

  /** Makes a project, whose administrator is whoever makes it. */
  @Transactional
  public Outcome create(String actor, String name, String title) {
    if (!NAME.matcher(name).matches()) {
      return new Outcome.Refused(
          "a project needs a name of 1 to 63 small letters, digits and hyphens, got '%s'"
              .formatted(name));
    }
    Optional<String> wrong = wrong(title);
    if (wrong.isPresent()) {
      return new Outcome.Refused(wrong.get());
    }
    int made =
        jdbc.sql("insert into project (name, title) values (?, ?) on conflict do nothing")
            .params(name, title.strip())
            .update();
    if (made == 0) {
      return new Outcome.Refused("there is a project '%s' already".formatted(name));
    }
    jdbc.sql("insert into membership (project, account, role) values (?, ?, 'ADMINISTRATOR')")
        .params(name, actor)
        .update();
    audit.note(name, actor, "project.created", name, title.strip());
    return new Outcome.Done();
  }

  private static Optional<String> wrong(String title) {
    String bare = title.strip();
    return bare.isEmpty() || bare.length() > LONGEST_TITLE || bare.chars().anyMatch(c -> c < ' ')
        ? Optional.of(
            "a project needs a title of 1 to %d characters, got '%s'"
                .formatted(LONGEST_TITLE, bare))
        : Optional.empty();
  }

  /** Its name stays: state, topics and addresses hang on it. */
  @Transactional
  public Outcome rename(String project, String actor, String title) {
    Optional<String> wrong = wrong(title);
    if (wrong.isPresent()) {
      return new Outcome.Refused(wrong.get());
    }
    String before =
        jdbc.sql("select title from project where name = ? for update")
            .param(project)
            .query(String.class)
            .single();
    if (!before.equals(title.strip())) {
      jdbc.sql("update project set title = ? where name = ?")
          .params(title.strip(), project)
          .update();
      audit.note(project, actor, "project.renamed", title.strip(), "before: " + before);
    }
    return new Outcome.Done();
  }

  /** For all but administrators it is as if it were not there, until it is opened again. */
  @Transactional
  public void close(String project, String actor) {
    int changed =
        jdbc.sql("update project set closed = ?, closed_by = ? where name = ? and closed is null")
            .params(clock.instant().atOffset(ZoneOffset.UTC), actor, project)
            .update();
    if (changed == 1) {
      audit.note(project, actor, "project.closed", project, "");
    }
  }

  @Transactional
  public void open(String project, String actor) {
    int changed =
        jdbc.sql(
                "update project set closed = null, closed_by = null where name = ? and closed is"
                    + " not null")
            .param(project)
            .update();
    if (changed == 1) {
      audit.note(project, actor, "project.opened", project, "");
    }
  }
}
