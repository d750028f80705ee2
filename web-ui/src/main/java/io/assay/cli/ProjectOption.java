package io.assay.cli;

import picocli.CommandLine.Option;

/** Whose a thing is. */
final class ProjectOption {
  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The project (default: ${DEFAULT-VALUE}).")
  String name = "default";
}
