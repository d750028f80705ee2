package io.assay.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option by which results are written for continuous integration too. */
final class JUnitOption {
  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also writes the results as JUnit XML.")
  @Nullable Path file;

  void write(List<JUnitXml.Suite> suites) {
    if (file != null) {
      new JUnitXml(Clock.systemUTC()).write(file, suites);
    }
  }
}
