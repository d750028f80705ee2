package io.assay.cli;

import picocli.CommandLine.Command;

/** Tables with gaps. */
@Command(
    name = "impute",
    description = "Fills gaps in tables, says how sure it is and where it looked.",
    subcommands = {
      ImputeTrainCommand.class,
      ImputeFillCommand.class,
      ImputeEvaluateCommand.class,
      ImputeExplainCommand.class
    })
final class ImputeCommand {}
