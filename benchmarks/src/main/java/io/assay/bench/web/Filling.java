package io.assay.bench.web;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs statements that fill, and says how long each part took. */
final class Filling implements AutoCloseable {
  private final Connection connection;

  Filling(String url, String user, String password) throws SQLException {
    connection = DriverManager.getConnection(url, user, password);
    run("SET synchronous_commit = off");
    run("SET work_mem = '256MB'");
    run("SET maintenance_work_mem = '512MB'");
    run("SELECT setseed(0.25)");
  }

  Connection connection() {
    return connection;
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  List<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (found.next()) {
        all.add(found.getString(1));
      }
      return all;
    }
  }

  /** A part of the filling, with its time. */
  void part(String what, Part part) throws SQLException {
    long begun = System.nanoTime();
    part.fill();
    System.err.printf(Locale.ROOT, "filled %s: %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
  }

  /** Takes a table's indexes away while it is filled: so it takes a third of the time. */
  void unindexed(String table, Part part) throws SQLException {
    List<String> constraints =
        texts(
            "SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', '"
                + table
                + "', conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype = 'p'"
                + " AND conrelid = '"
                + table
                + "'::regclass");
    for (String name :
        texts(
            "SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = '"
                + table
                + "'::regclass")) {
      run("ALTER TABLE " + table + " DROP CONSTRAINT " + name);
    }
    List<String> indexes =
        texts("SELECT indexdef FROM pg_indexes WHERE tablename = '" + table + "'");
    for (String name :
        texts("SELECT indexname FROM pg_indexes WHERE tablename = '" + table + "'")) {
      run("DROP INDEX " + name);
    }
    part.fill();
    for (String sql : constraints) {
      run(sql);
    }
    for (String sql : indexes) {
      run(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Fills something. */
  interface Part {
    void fill() throws SQLException;
  }
}
