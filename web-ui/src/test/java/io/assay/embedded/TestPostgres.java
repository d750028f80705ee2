package io.assay.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * One real PostgreSQL for all tests of a JVM; each caller gets a database of its own.
 *
 * <pre>{@code
 * private static final TestPostgres.Database DATABASE = TestPostgres.shared().fresh();
 * }</pre>
 */
public final class TestPostgres {
  private static final String MIGRATED = "migrated";

  private final EmbeddedPostgres postgres;
  private boolean templateMade;
  private final AtomicInteger databases = new AtomicInteger();

  private TestPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Started at the first call, stopped when the JVM ends. */
  public static TestPostgres shared() {
    return Holder.SHARED;
  }

  /** An empty database that nobody else has. */
  public Database fresh() {
    return created("test_" + databases.incrementAndGet(), "");
  }

  /** A database that nobody else has, with the tables of the web interface and nothing in them. */
  public Database migrated() {
    makeTemplate();
    return created("test_" + databases.incrementAndGet(), " TEMPLATE " + MIGRATED);
  }

  /** To copy a database takes a tenth of what all migrations take. */
  private synchronized void makeTemplate() {
    if (!templateMade) {
      Database template = created(MIGRATED, "");
      Flyway.configure()
          .dataSource(template.jdbcUrl(), template.user(), template.password())
          .load()
          .migrate();
      templateMade = true;
    }
  }

  private Database created(String name, String how) {
    try (Connection connection = postgres.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + how);
    } catch (SQLException failure) {
      throw new IllegalStateException("creating database " + name + " failed", failure);
    }
    return new Database(postgres.jdbcUrl(name), EmbeddedPostgres.USER, postgres.password());
  }

  /**
   * How to reach it: the values of {@code spring.datasource.url}, {@code username} and {@code
   * password}.
   */
  public record Database(String jdbcUrl, String user, String password) {
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }
  }

  private static final class Holder {
    static final TestPostgres SHARED = start();

    private static TestPostgres start() {
      Path home = TestFolders.untilExit("postgres");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(
              home,
              TestFolders.binaries(),
              TestFolders.freePort(),
              Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "200"));
      TestFolders.atExit(postgres);
      return new TestPostgres(postgres);
    }
  }
}
