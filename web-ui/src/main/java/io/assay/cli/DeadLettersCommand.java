package io.assay.cli;

import picocli.CommandLine.Command;

/** What could not be read, or came too late: listed, shown and sent once more. */
@Command(
    name = "dead-letters",
    description = {
      "Lists, shows and replays records that were put aside.",
      "They are on assay.dead-letters, and late ones (--late) on assay.late."
    },
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class
    })
final class DeadLettersCommand {}
