package io.assay.embedded;

/** How to reach the database of a data folder. */
public record EmbeddedDatabase(String jdbcUrl, String user, String password) {
  @Override
  public String toString() {
    return "EmbeddedDatabase[" + jdbcUrl + "]";
  }
}
