package io.assay.cli;

import picocli.CommandLine.Command;

/** What rules can be told from the past. */
@Command(
    name = "learn",
    description = "Learns from past events what rules ask for.",
    subcommands = LearnUsualCommand.class)
final class LearnCommand {}
