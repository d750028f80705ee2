package io.assay.cli;

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
}
