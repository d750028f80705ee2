package io.assay.cli;

import io.assay.assertion.scenario.Extent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which part of the past is meant, by event time. */
final class RangeOptions {
  private static final long NANOS = 1_000_000L;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Event time of the first events judged: RFC 3339 or epoch milliseconds.")
  @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Only events before this are judged.")
  @Nullable Long to;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Only events of this key; may be given several times.")
  List<String> keys = List.of();

  /**
   * @throws ParameterException where nothing can be in the range
   */
  Extent extent(int jobs, CommandLine command) {
    if (jobs < 1 || jobs > Extent.MOST_JOBS) {
      throw new ParameterException(
          command, "--jobs needs 1 to %d, got %d".formatted(Extent.MOST_JOBS, jobs));
    }
    long first = from == null ? Long.MIN_VALUE : nanos("--from", from, command);
    long end = to == null ? Long.MAX_VALUE : nanos("--to", to, command);
    if (first >= end) {
      throw new ParameterException(command, "--from needs a time before --to");
    }
    return new Extent(first, end, Set.copyOf(keys), jobs);
  }

  private static long nanos(String option, long millis, CommandLine command) {
    try {
      return Math.multiplyExact(millis, NANOS);
    } catch (ArithmeticException e) {
      throw new ParameterException(
          command, option + " needs a time between the years 1678 and 2262", e);
    }
  }

  /** Whether less than all is asked for. */
  boolean narrows() {
    return from != null || to != null || !keys.isEmpty();
  }
}
