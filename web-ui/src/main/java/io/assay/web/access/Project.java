package io.assay.web.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A tenant. */
@Entity
@Table(name = "project")
class Project {
  @Id private String name;
  private String title;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields.
  protected Project() {}

  Project(String name, String title) {
    this.name = name;
    this.title = title;
  }

  String name() {
    return name;
  }

  String title() {
    return title;
  }
}
