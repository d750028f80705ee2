package io.assay.cli;

import io.assay.stream.repair.AsideFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the records put aside are meant. */
final class AsideFilterOptions {
  @Option(names = "--stream", paramLabel = "NAME", description = "Of this stream alone.")
  @Nullable String stream;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      description = "Such as broken-json, no-key, no-time; with --late: late, future.")
  @Nullable String cause;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Put aside then or later: RFC 3339, or epoch milliseconds.")
  @Nullable Long since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Put aside before.")
  @Nullable Long until;

  @Option(
      names = "--source",
      paramLabel = "TOPIC[-PARTITION@OFFSET]",
      description = "Where they came from.")
  @Nullable String source;

  AsideFilter of(String project) {
    return new AsideFilter(project, stream, cause, since, until, source, null);
  }

  /** Whether anything was said. */
  boolean isEmpty() {
    return stream == null && cause == null && since == null && until == null && source == null;
  }
}
