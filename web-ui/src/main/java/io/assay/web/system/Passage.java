package io.assay.web.system;

import org.springframework.security.authorization.AuthorizationResult;

/** How the gate decided. */
enum Passage implements AuthorizationResult {
  FREE,
  ROLE_TOO_LOW,
  /** A good token of the project, but not for this. */
  SCOPE_MISSING,
  /** No such endpoint or project; what strangers to a project are told, too. */
  NOTHING_THERE,
  /** The password has been changed since this session began. */
  SESSION_OVER;

  @Override
  public boolean isGranted() {
    return this == FREE;
  }
}
