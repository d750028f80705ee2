package io.assay.web.access;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** The role of an account in a project. */
@Entity
@Table(name = "membership")
class Membership {
  @EmbeddedId private MembershipId id;

  @Enumerated(EnumType.STRING)
  private Role role;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields.
  protected Membership() {}

  Membership(MembershipId id, Role role) {
    this.id = id;
    this.role = role;
  }

  MembershipId id() {
    return id;
  }

  Role role() {
    return role;
  }

  void change(Role newRole) {
    role = newRole;
  }
}
