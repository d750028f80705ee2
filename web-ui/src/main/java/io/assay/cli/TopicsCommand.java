package io.assay.cli;

import picocli.CommandLine.Command;

/** The topics that Assay needs: what there is of them, and making those that are missing. */
@Command(
    name = "topics",
    description = {
      "Lists and makes Assay's own topics, and with --rules those that rules name; with --topic"
          + " those alone.",
      "What exists is never changed."
    },
    subcommands = {TopicsListCommand.class, TopicsCreateCommand.class})
final class TopicsCommand {}
