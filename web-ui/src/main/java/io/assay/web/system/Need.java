package io.assay.web.system;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import java.util.Set;

/** What it takes to reach an endpoint. */
sealed interface Need {
  /** Nothing: everybody, logged in or not. */
  record Nothing() implements Need {}

  /**
   * To have come by the port for those who look after the program, where that is another than the
   * one for everybody.
   */
  record ManagementPort() implements Need {}

  /** Any account. */
  record Account() implements Need {}

  /** Any account, or any token. */
  record Known() implements Need {}

  /** A role in the project that the path names. */
  record Membership(Role atLeast) implements Need {}

  /**
   * A role in the project that the path names, or a token of that project with one of the scopes.
   */
  record RoleOrScope(Role atLeast, Set<Scope> scopes) implements Need {}
}
