package io.assay.cli;

import picocli.CommandLine.Command;

/** Faults on purpose. */
@Command(
    name = "drill",
    description = "Kills and pauses processes on purpose, and checks that nothing is lost.",
    subcommands = {DrillStreamCommand.class, DrillAlertsCommand.class, DrillStormCommand.class})
final class DrillCommand {}
