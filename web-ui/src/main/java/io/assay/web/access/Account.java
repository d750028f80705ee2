package io.assay.web.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Someone who can log in. */
@Entity
@Table(name = "account")
class Account {
  @Id private String name;
  private String password;
  private int epoch;

  @SuppressWarnings("NullAway.Init") // JPA fills the fields.
  protected Account() {}

  Account(String name, String encodedPassword) {
    this.name = name;
    this.password = encodedPassword;
    this.epoch = 1;
  }

  String name() {
    return name;
  }

  String password() {
    return password;
  }

  int epoch() {
    return epoch;
  }

  /** Sessions begun with the former password are over with it. */
  void changePassword(String encodedPassword) {
    password = encodedPassword;
    epoch++;
  }
}
