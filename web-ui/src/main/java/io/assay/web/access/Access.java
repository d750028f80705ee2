package io.assay.web.access;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers, at each request anew, what someone may do: a role taken away is gone at once. */
@Component
public class Access {
  private final JdbcClient jdbc;

  Access(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The role in a project; empty for whoever is no member, for a project that is not there, and for
   * one that is closed but for its administrators.
   */
  public Optional<Role> role(SignedIn person, String project) {
    return jdbc.sql(
            """
            select m.role from membership m join account a on a.name = m.account
              join project p on p.name = m.project
            where m.project = ? and m.account = ? and a.epoch = ?
              and (p.closed is null or m.role = 'ADMINISTRATOR')\
            """)
        .params(project, person.name(), person.epoch())
        .query((row, number) -> Role.valueOf(row.getString(1)))
        .optional();
  }

  /** Whether the session is still of the account's present password. */
  public boolean holds(SignedIn person) {
    return jdbc.sql("select 1 from account where name = ? and epoch = ?")
        .params(person.name(), person.epoch())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** Who may give roles in a project, by name, the first ten. */
  public List<String> administrators(String project) {
    return jdbc.sql(
            """
            select account from membership where project = ? and role = 'ADMINISTRATOR'
            order by account limit 10\
            """)
        .param(project)
        .query(String.class)
        .list();
  }

  /** Names of the projects that someone may see, in order; those that are closed come last. */
  public List<String> projects(SignedIn person) {
    return jdbc.sql(
            """
            select m.project from membership m join project p on p.name = m.project
            where m.account = ? and (p.closed is null or m.role = 'ADMINISTRATOR')
            order by p.closed is not null, m.project\
            """)
        .param(person.name())
        .query(String.class)
        .list();
  }
}
