package io.assay.web.access;

import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets someone in on the first start: makes the first project, and its administrator while there is
 * no account at all. The password exists in clear only in what {@link #make} gives.
 */
@Component
public class FirstAdministrator {
  private static final String NAME = "admin";

  private final AccountRepository accounts;
  private final MembershipRepository memberships;
  private final Audit audit;
  private final Passwords passwords;
  private final String project;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  FirstAdministrator(
      AccountRepository accounts,
      ProjectRepository projects,
      MembershipRepository memberships,
      Audit audit,
      Passwords passwords,
      AccessSettings settings,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.accounts = accounts;
    this.memberships = memberships;
    this.audit = audit;
    this.passwords = passwords;
    this.project = settings.project();
    this.jdbc = jdbc;
    this.transactions = transactions;
    // What is stored from now on is of a project that is there.
    transactions.executeWithoutResult(
        status -> {
          if (isFirst()) {
            projects.save(new Project(project, project));
          }
        });
  }

  /**
   * Makes the administrator, where there is no account. To be called once the web interface
   * listens: of a start that fails nobody hears the password.
   *
   * @return name and password, if this call made them
   */
  public Optional<Login> make() {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              if (!isFirst()) {
                return Optional.<Login>empty();
              }
              String password = passwords.make();
              accounts.save(new Account(NAME, passwords.encode(password)));
              memberships.save(new Membership(new MembershipId(project, NAME), Role.ADMINISTRATOR));
              audit.note(project, "system", "account.created", NAME, "first start");
              return Optional.of(new Login(NAME, password));
            }));
  }

  /** Two instances that start together make one administrator. */
  private boolean isFirst() {
    jdbc.sql("lock table account in exclusive mode").update();
    return accounts.count() == 0;
  }

  /** What to log in with. */
  public record Login(String name, String password) {
    @Override
    public String toString() {
      return "Login[name=" + name + "]";
    }
  }
}
