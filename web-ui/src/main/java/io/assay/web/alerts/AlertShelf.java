package io.assay.web.alerts;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where an alert lies on the page, as the column {@code shelf} numbers it; the last stands first.
 */
enum AlertShelf {
  OVER(0),
  PENDING(1),
  SILENCED(2),
  ACKNOWLEDGED(3),
  FIRING(4);

  private final int number;

  AlertShelf(int number) {
    this.number = number;
  }

  /** That of the column. */
  int number() {
    return number;
  }

  /**
   * That of a number of the column.
   *
   * @throws IllegalArgumentException where there is none
   */
  static AlertShelf of(int number) {
    return Arrays.stream(values())
        .filter(shelf -> shelf.number == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a shelf needs a number of 0 to 4, got " + number));
  }

  /** As addresses and texts name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
