package io.assay.cli;

import picocli.CommandLine.Command;

/** How payloads become fields. */
@Command(
    name = "mapping",
    description = "Says how what a model is given and gives becomes fields of a stream.",
    subcommands = MappingSuggestCommand.class)
final class MappingCommand {}
