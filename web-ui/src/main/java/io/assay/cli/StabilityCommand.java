package io.assay.cli;

import picocli.CommandLine.Command;

/** Embeddings before and after they were trained anew. */
@Command(
    name = "stability",
    description = "Says how much a new version of an embedding differs from the old one.",
    subcommands = {
      StabilityCompareCommand.class,
      StabilityGateCommand.class,
      StabilitySelectCommand.class
    })
final class StabilityCommand {}
