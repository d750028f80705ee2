package io.assay.web.access;

import io.assay.web.access.Change.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who belongs to a project; every change is noted with its actor. */
@Service
public class Members {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,62}");
  private static final int SHOWN_CHANGES = 50;
  private static final Set<String> LABELS = Set.of("label.given", "label.undone");

  private final AccountRepository accounts;
  private final MembershipRepository memberships;
  private final AuditRepository changes;
  private final Audit audit;
  private final Passwords passwords;

  Members(
      AccountRepository accounts,
      MembershipRepository memberships,
      AuditRepository changes,
      Audit audit,
      Passwords passwords) {
    this.accounts = accounts;
    this.memberships = memberships;
    this.changes = changes;
    this.audit = audit;
    this.passwords = passwords;
  }

  @Transactional(readOnly = true)
  public List<Member> of(String project) {
    return memberships.findByIdProjectOrderByIdAccount(project).stream()
        .map(Members::member)
        .toList();
  }

  /**
   * By name, as the database orders names.
   *
   * @param after the name behind which they begin, of whoever need not be there any more; empty for
   *     the first
   */
  @Transactional(readOnly = true)
  public List<Member> of(String project, String after, int most) {
    return memberships
        .findByIdProjectAndIdAccountGreaterThanOrderByIdAccount(project, after, Limit.of(most))
        .stream()
        .map(Members::member)
        .toList();
  }

  private static Member member(Membership membership) {
    return new Member(membership.id().account(), membership.role());
  }

  /** The latest changes, newest first. */
  @Transactional(readOnly = true)
  public List<AuditRow> changes(String project) {
    return changes.findByProjectOrderByIdDesc(project, Limit.of(SHOWN_CHANGES)).stream()
        .map(AuditEntry::row)
        .toList();
  }

  /** Without what reviewers say of items: of that there is more in an hour than of all else. */
  @Transactional(readOnly = true)
  public List<AuditRow> changesButLabels(String project) {
    return changes
        .findByProjectAndActionNotInOrderByIdDesc(project, LABELS, Limit.of(SHOWN_CHANGES))
        .stream()
        .map(AuditEntry::row)
        .toList();
  }

  /** Takes someone in, with an account of their own if they have none yet. */
  @Transactional
  public Change add(String project, String actor, String wanted, Role role) {
    String name = wanted.strip().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      return new Change.Refused(Reason.NAME_UNUSABLE);
    }
    var id = new MembershipId(project, name);
    if (memberships.findById(id).isPresent()) {
      return new Change.Refused(Reason.ALREADY_MEMBER);
    }
    Change change = new Change.Done();
    if (accounts.findById(name).isEmpty()) {
      String password = passwords.make();
      accounts.save(new Account(name, passwords.encode(password)));
      audit.note(project, actor, "account.created", name, "");
      change = new Change.NewPassword(name, password);
    }
    memberships.save(new Membership(id, role));
    audit.note(project, actor, "member.added", name, role.name());
    return change;
  }

  @Transactional
  public Change changeRole(String project, String actor, String name, Role role) {
    Optional<Membership> membership = memberships.findById(new MembershipId(project, name));
    if (membership.isEmpty()) {
      return new Change.Refused(Reason.NO_MEMBER);
    }
    Role before = membership.get().role();
    if (role != Role.ADMINISTRATOR && isLastAdministrator(membership.get())) {
      return new Change.Refused(Reason.LAST_ADMINISTRATOR);
    }
    membership.get().change(role);
    memberships.save(membership.get());
    audit.note(project, actor, "member.role", name, before + " to " + role);
    return new Change.Done();
  }

  /** Ends a membership; the account stays, as its name is in the record of changes. */
  @Transactional
  public Change remove(String project, String actor, String name) {
    Optional<Membership> membership = memberships.findById(new MembershipId(project, name));
    if (membership.isEmpty()) {
      return new Change.Refused(Reason.NO_MEMBER);
    }
    if (isLastAdministrator(membership.get())) {
      return new Change.Refused(Reason.LAST_ADMINISTRATOR);
    }
    memberships.delete(membership.get());
    audit.note(project, actor, "member.removed", name, membership.get().role().name());
    return new Change.Done();
  }

  /**
   * Gives a member a new password and ends their sessions. Whoever could do so to a member of other
   * projects, too, could enter those in their name.
   */
  @Transactional
  public Change resetPassword(String project, String actor, String name) {
    if (memberships.findById(new MembershipId(project, name)).isEmpty()) {
      return new Change.Refused(Reason.NO_MEMBER);
    }
    boolean administersAll =
        memberships.findByIdAccountOrderByIdProject(name).stream()
            .allMatch(other -> administers(actor, other.id().project()));
    if (!administersAll) {
      return new Change.Refused(Reason.ACCOUNT_OF_OTHERS);
    }
    Account account = accounts.findById(name).orElseThrow();
    String password = passwords.make();
    account.changePassword(passwords.encode(password));
    accounts.save(account);
    audit.note(project, actor, "account.password-reset", name, "");
    return new Change.NewPassword(name, password);
  }

  private boolean administers(String name, String project) {
    return memberships
        .findById(new MembershipId(project, name))
        .filter(membership -> membership.role() == Role.ADMINISTRATOR)
        .isPresent();
  }

  private boolean isLastAdministrator(Membership membership) {
    return membership.role() == Role.ADMINISTRATOR
        && memberships.countByIdProjectAndRole(membership.id().project(), Role.ADMINISTRATOR) == 1;
  }
}
