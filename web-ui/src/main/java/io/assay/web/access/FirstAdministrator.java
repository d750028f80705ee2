package io.assay.web.access;

import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets someone in on the first start: makes the first project and its administrator while there is
 * no account at all. The password exists in clear only here, until the process ends.
 */
@Component
public class FirstAdministrator {
  private static final String NAME = "admin";

  private final Optional<Login> login;

  FirstAdministrator(
      AccountRepository accounts,
      ProjectRepository projects,
      MembershipRepository memberships,
      Audit audit,
      Passwords passwords,
      AccessSettings settings,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.login =
        Objects.requireNonNull(
            transactions.execute(
                status -> {
                  // Two instances that start together make one administrator.
                  jdbc.sql("lock table account in exclusive mode").update();
                  if (accounts.count() > 0) {
                    return Optional.<Login>empty();
                  }
                  String project = settings.project();
                  String password = passwords.make();
                  projects.save(new Project(project, project));
                  accounts.save(new Account(NAME, passwords.encode(password)));
                  memberships.save(
                      new Membership(new MembershipId(project, NAME), Role.ADMINISTRATOR));
                  audit.note(project, "system", "account.created", NAME, "first start");
                  return Optional.of(new Login(NAME, password));
                }));
  }

  /** Name and password, if this start made them. */
  public Optional<Login> justMade() {
    return login;
  }

  /** What to log in with. */
  public record Login(String name, String password) {
    @Override
    public String toString() {
      return "Login[name=" + name + "]";
    }
  }
}
