package io.assay.cli;

import picocli.CommandLine.Option;

/** The option by which a call chooses how it is answered. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Format format = Format.text;
}
