package io.assay.web.access;

import io.assay.web.access.FirstAdministrator.Login;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets someone in again who can reach the machine, but has no password any more. */
@Service
public class PasswordRenewal {
  private final AccountRepository accounts;
  private final MembershipRepository memberships;
  private final Audit audit;
  private final Passwords passwords;

  PasswordRenewal(
      AccountRepository accounts,
      MembershipRepository memberships,
      Audit audit,
      Passwords passwords) {
    this.accounts = accounts;
    this.memberships = memberships;
    this.audit = audit;
    this.passwords = passwords;
  }

  /** A new password, and the end of all sessions; empty if there is no such account. */
  @Transactional
  public Optional<Login> renew(String name) {
    return accounts
        .findById(name)
        .map(
            account -> {
              String password = passwords.make();
              account.changePassword(passwords.encode(password));
              accounts.save(account);
              memberships.findByIdAccountOrderByIdProject(name).stream()
                  .map(membership -> membership.id().project())
                  .forEach(
                      project ->
                          audit.note(
                              project, "system", "account.password-reset", name, "command line"));
              return new Login(name, password);
            });
  }
}
