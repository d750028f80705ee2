package io.assay.cli;

import picocli.CommandLine.Command;

/** The files of others as events; one subcommand a format. */
@Command(
    name = "import",
    description = "Prints other tools' files as events, one JSON object a line.",
    synopsisSubcommandLabel = "FORMAT",
    commandListHeading = "%nFormats:%n",
    subcommands = {
      ImportMotCommand.class,
      ImportLabelsCommand.class,
      ImportKittiCommand.class,
      ImportBentoMlCommand.class,
      ImportSageMakerCommand.class
    })
final class ImportCommand {}
