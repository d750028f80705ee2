package io.assay.web.violations;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import org.jspecify.annotations.Nullable;

/** Who sees private fields and raw events: reviewers, who must judge them, and those above. */
public final class PrivateRight {
  private PrivateRight() {}

  /** Null is a program with a token: it sees no private fields. */
  public static boolean of(Access access, @Nullable SignedIn person, String project) {
    return person != null
        && access.role(person, project).filter(role -> role.covers(Role.REVIEWER)).isPresent();
  }
}
