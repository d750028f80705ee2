package io.assay.web.access;

/** What came of a change to a project's members. */
public sealed interface Change {
  /** It is done. */
  record Done() implements Change {}

  /** It is done, and someone has a new password, which is shown this once. */
  record NewPassword(String account, String password) implements Change {
    @Override
    public String toString() {
      return "NewPassword[account=" + account + "]";
    }
  }

  /** Nothing was changed. */
  record Refused(Reason reason) implements Change {}

  /** Why not. */
  enum Reason {
    NAME_UNUSABLE,
    ALREADY_MEMBER,
    NO_MEMBER,
    /** Nobody could administer the project any more. */
    LAST_ADMINISTRATOR,
    /** The account is a member of a project that the actor does not administer. */
    ACCOUNT_OF_OTHERS
  }
}
