package io.assay.cli;

import picocli.CommandLine.Command;

/** The accounts of people, for whoever can reach the database. */
@Command(
    name = "account",
    description = {
      "Lets people in again who have lost their password.",
      "Works on the database of the web interface, which need not run."
    },
    subcommands = AccountNewPasswordCommand.class)
final class AccountCommand {}
