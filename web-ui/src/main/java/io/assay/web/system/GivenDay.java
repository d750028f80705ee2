package io.assay.web.system;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** A day in an address, such as {@code 2026-03-01}: of the years that times may have. */
@Component
final class GivenDay implements Converter<String, LocalDate> {
  private static final int LAST_YEAR = 9999;

  /**
   * @throws DateTimeException where the text is none
   */
  @Override
  public LocalDate convert(String text) {
    LocalDate day = LocalDate.parse(text.strip());
    if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
      throw new DateTimeException("needed a day of the years 0001 to 9999, got " + text);
    }
    return day;
  }
}
