package io.assay.cli;

import picocli.CommandLine.Command;

/** Simulated worlds with known errors; one subcommand a world. */
@Command(
    name = "simulate",
    description = "Writes events of a simulated world whose errors are known.",
    synopsisSubcommandLabel = "WORLD",
    commandListHeading = "%nWorlds:%n",
    subcommands = {SimulateStreetCommand.class})
final class SimulateCommand {}
