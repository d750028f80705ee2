package io.assay.cli;

import io.assay.assertion.explain.Load;
import picocli.CommandLine.Option;

/** What the estimates of a rule's state and cost suppose. */
final class LoadOptions {
  @Option(
      names = "--per-second",
      paramLabel = "N",
      description = "Events a second of one key (default: ${DEFAULT-VALUE}).")
  double perSecond = Load.USUAL.perSecond();

  @Option(
      names = "--elements",
      paramLabel = "N",
      description = "Elements of a list (default: ${DEFAULT-VALUE}).")
  int elements = Load.USUAL.elements();

  @Option(
      names = "--text-bytes",
      paramLabel = "N",
      description = "Length of a text (default: ${DEFAULT-VALUE}).")
  int text = Load.USUAL.text();

  Load load() {
    try {
      return new Load(perSecond, elements, text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongUse(String.valueOf(e.getMessage()));
    }
  }
}
