package io.assay.web.access;

/** What a member may do in a project; each role includes those before it. */
public enum Role {
  VIEWER,
  REVIEWER,
  AUTHOR,
  ADMINISTRATOR;

  /** Whether this role suffices where {@code needed} is asked for. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
