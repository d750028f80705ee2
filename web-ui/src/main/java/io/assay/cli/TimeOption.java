package io.assay.cli;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An instant on the command line, as epoch milliseconds or RFC 3339. */
final class TimeOption implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      return text.matches("-?\\d+")
          ? Long.valueOf(text)
          : Long.valueOf(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
      throw new TypeConversionException(
          "needs epoch milliseconds or RFC 3339 such as 2026-03-01T08:00:00Z, got '" + text + "'");
    }
  }
}
