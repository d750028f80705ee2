package io.assay.web.system;

import io.assay.stream.app.FailedStart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Why the web interface did not start, and what to do; Spring tells it in many layers. */
public final class StartFailure {
  /** Settings by which Spring logs nothing of a failed start: whoever starts it says it once. */
  public static final List<String> QUIET =
      Stream.of(
              "org.springframework.boot.SpringApplication",
              "org.springframework.boot.diagnostics",
              "org.springframework.boot.web.server.servlet.context")
          .map(logger -> "--logging.level." + logger + "=OFF")
          .toList();

  private StartFailure() {}

  /** A sentence for whoever has started it. */
  public static String text(Throwable failure) {
    return otherVersion(failure)
        .or(() -> ofDatabase(failure))
        .orElseGet(() -> FailedStart.text(failure, "server.port"));
  }

  /** That a database is not of this version; nothing where it is something else. */
  public static Optional<String> otherVersion(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlywayValidateException) {
        return Optional.of(
            "the database was made by another version of Assay; run that one, or take another"
                + " database or --data FOLDER ("
                + String.valueOf(cause.getMessage())
                    .lines()
                    .filter(line -> line.startsWith("Detected ") || line.startsWith("Migration "))
                    .findFirst()
                    .orElse("its migrations are not the ones that are here")
                + ")");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofDatabase(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return Optional.of(refusal(refused));
      }
      if (String.valueOf(cause.getMessage()).contains("determine a suitable driver class")) {
        return Optional.of(
            "no database is set; --spring.datasource.url=jdbc:postgresql://HOST:5432/NAME says"
                + " where it is, or SPRING_DATASOURCE_URL in the environment, with"
                + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD");
      }
    }
    return Optional.empty();
  }

  /** By PostgreSQL's codes: classes 08 of the connection, 28 of who connects, 3D of the name. */
  private static String refusal(SQLException refused) {
    String state = String.valueOf(refused.getSQLState());
    String said = String.valueOf(refused.getMessage()).strip();
    if (state.startsWith("08")) {
      return "the database does not answer: %s It has to run, and spring.datasource.url to lead there"
          .formatted(said.endsWith(".") ? said : said + ".");
    }
    if (state.startsWith("28")) {
      return "the database lets nobody in so: %s; spring.datasource.username and .password say who it is"
          .formatted(said);
    }
    if (state.equals("3D000")) {
      return "the server has no such database: %s; create it, empty, or name another in spring.datasource.url"
          .formatted(said);
    }
    return "the database refuses: " + said;
  }
}
