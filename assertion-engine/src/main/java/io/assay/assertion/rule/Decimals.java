package io.assay.assertion.rule;

import java.math.BigDecimal;
import java.util.Optional;

/** Decimal numbers as they are written, exactly. */
final class Decimals {
  /** Beyond a double's largest, and below its smallest, whatever the digits are. */
  private static final int LARGEST = 400;

  private Decimals() {}

  /**
   * Empty where it is larger than any double. A long exponent is written in a few characters, and
   * its digits would fill the memory.
   */
  static Optional<BigDecimal> read(String number) {
    BigDecimal value;
    try {
      value = new BigDecimal(number);
    } catch (NumberFormatException e) {
      boolean small = number.contains("e-") || number.contains("E-");
      return small ? Optional.of(BigDecimal.ZERO) : Optional.empty();
    }
    long digits = (long) value.precision() - value.scale();
    if (value.signum() == 0 || digits < -LARGEST) {
      return Optional.of(BigDecimal.ZERO);
    }
    return digits > LARGEST ? Optional.empty() : Optional.of(value);
  }
}
