package io.assay.cli;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine.Command;

/** The tokens of programs, for whoever can reach the database. */
@Command(
    name = "token",
    description = {
      "Makes, lists and revokes tokens, by which programs send events or read.",
      "Works on the database of the web interface, which need not run."
    },
    subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {
  /** Who changed it, in the record of changes. */
  static final String ACTOR = "command line";

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
