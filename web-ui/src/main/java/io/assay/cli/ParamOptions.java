package io.assay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option by which a call changes parameters of the rules. */
final class ParamOptions {
  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a 'param' of the rules.")
  Map<String, String> overrides = new LinkedHashMap<>();
}
