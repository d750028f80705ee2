package io.assay.cli;

import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
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
    } catch (DataAccessException failure) {
      Throwable cause = failure.getMostSpecificCause();
      throw CommandFailure.couldNotRun(
          "the database does not answer as Assay's would: " + cause.getMessage(), failure);
    }
  }
}
