package io.assay.web.violations;

import io.assay.web.access.Access;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;

/** Who sees private fields and raw events: reviewers, who must judge them, and those above. */
final class PrivateRight {
  private PrivateRight() {}

  static boolean of(Access access, SignedIn person, String project) {
    return access.role(person, project).filter(role -> role.covers(Role.REVIEWER)).isPresent();
  }
}
