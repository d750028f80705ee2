package io.assay.cli;

import io.assay.assertion.event.Durations;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration above 0 on the command line, in nanoseconds; units as the rule language has them. */
final class StepOption implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    // rules say min where CEL says m, which might as well be metres there
    OptionalLong nanos = Durations.parse(text.replace("min", "m"));
    if (nanos.isEmpty() || nanos.getAsLong() <= 0) {
      throw new TypeConversionException(
          "needs a duration above 0 such as 30s, 40ms or 1min, got '" + text + "'");
    }
    return nanos.getAsLong();
  }
}
