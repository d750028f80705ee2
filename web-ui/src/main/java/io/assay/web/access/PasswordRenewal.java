package io.assay.web.access;

import io.assay.web.access.FirstAdministrator.Login;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets someone in again who can reach the machine, but has no password any more. */
@Service
public class PasswordRenewal {
  private static final String ACTOR = "command line";

  private final JdbcClient jdbc;
  private final Audit audit;
  private final Passwords passwords;
  private final TransactionTemplate transactions;

  PasswordRenewal(
      JdbcClient jdbc, Audit audit, Passwords passwords, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.passwords = passwords;
    this.transactions = transactions;
  }

  /** That of a database whose tables are there, without the web interface. */
  public static PasswordRenewal of(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    return new PasswordRenewal(
        jdbc,
        new Audit(jdbc, Clock.systemUTC()),
        new Passwords(PasswordEncoderFactories.createDelegatingPasswordEncoder()),
        new TransactionTemplate(new JdbcTransactionManager(database)));
  }

  /**
   * A new password, and the end of all sessions, noted among the changes of each of its projects;
   * empty if there is no such account.
   */
  public Optional<Login> renew(String name) {
    String password = passwords.make();
    String encoded = passwords.encode(password);
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              // Sessions hold the number that was theirs: with another they are over.
              int changed =
                  jdbc.sql("update account set password = ?, epoch = epoch + 1 where name = ?")
                      .params(encoded, name)
                      .update();
              if (changed == 0) {
                return Optional.<Login>empty();
              }
              jdbc.sql("select project from membership where account = ? order by project")
                  .param(name)
                  .query(String.class)
                  .list()
                  .forEach(
                      project -> audit.note(project, ACTOR, "account.password-reset", name, ""));
              return Optional.of(new Login(name, password));
            }));
  }
}
