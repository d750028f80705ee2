package io.assay.cli;

import io.assay.embedded.EmbeddedDatabase;
import io.assay.embedded.EmbeddedRuntime;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which database a command means; the password is never an option, as others could see it. */
final class DatabaseOptions {
  private static final int PATIENCE_SECONDS = 10;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description =
          "The database of the web interface (default: the environment's SPRING_DATASOURCE_URL,"
              + " else the one with the data in --data). User and password are the environment's"
              + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.")
  @Nullable String url;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = ".assay",
      description = "Data folder of a running demo (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".assay");

  /**
   * @throws ParameterException where none is named anywhere
   */
  DataSource open(CommandLine command) {
    return open(command, System.getenv());
  }

  DataSource open(CommandLine command, Map<String, String> environment) {
    String named = url == null ? environment.getOrDefault("SPRING_DATASOURCE_URL", "") : url;
    if (!named.isBlank()) {
      return source(
          command,
          named,
          environment.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
          environment.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""));
    }
    EmbeddedDatabase last =
        EmbeddedRuntime.lastDatabase(data)
            .orElseThrow(
                () ->
                    new ParameterException(
                        command,
                        "needs --database JDBC-URL: no demo has left its database in " + data));
    return source(command, last.jdbcUrl(), last.user(), last.password());
  }

  private static DataSource source(CommandLine command, String url, String user, String password) {
    var source = new PGSimpleDataSource();
    try {
      source.setUrl(url);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          command, "--database needs jdbc:postgresql://HOST:PORT/NAME, got '" + url + "'");
    }
    if (!user.isBlank()) {
      source.setUser(user);
      source.setPassword(password);
    }
    source.setConnectTimeout(PATIENCE_SECONDS);
    return source;
  }

  /** A database that is away, or has no tables yet, is said in a sentence. */
  static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessException | TransactionException failure) {
      throw CommandFailure.couldNotRun(
          "needed the database of the web interface, which does not answer as that would: "
              + ofDatabase(failure).getMessage(),
          failure);
    }
  }

  /** What the driver says: it knows where the database should be, causes behind it do not. */
  private static Throwable ofDatabase(NestedRuntimeException failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof SQLException) {
        return one;
      }
    }
    return failure.getMostSpecificCause();
  }
}
