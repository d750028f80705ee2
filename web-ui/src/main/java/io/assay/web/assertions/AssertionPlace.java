package io.assay.web.assertions;

import io.assay.web.system.Refused;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of assertions: all that its order sorts the last one shown by, and not its
 * name alone, so that the list goes on from there though that one is gone meanwhile. Two places are
 * held against each other only where they are of the same order.
 *
 * @param first what is looked at first, the least of it in front
 * @param second of those that have the same {@code first}
 * @param text of those that have the same numbers
 * @param name of the assertion, which makes every order one
 */
record AssertionPlace(double first, double second, String text, String name)
    implements Comparable<AssertionPlace> {
  private static final Comparator<AssertionPlace> ORDER =
      Comparator.comparingDouble(AssertionPlace::first)
          .thenComparingDouble(AssertionPlace::second)
          .thenComparing(AssertionPlace::text)
          .thenComparing(AssertionPlace::name);

  /**
   * As a double is written: of 0.001, the least without an exponent, 19 digits behind the point.
   */
  private static final String NUMBER = "(-?[0-9]{1,19}(?:\\.[0-9]{1,19})?(?:E-?[0-9]{1,3})?)";

  /** A name has no tilde; a text, which stands last, may. */
  private static final Pattern WRITTEN =
      Pattern.compile(NUMBER + '~' + NUMBER + "~([^~]*)~(.*)", Pattern.DOTALL);

  AssertionPlace {
    if (Double.isNaN(first) || Double.isNaN(second)) {
      throw new IllegalArgumentException("a place needs numbers, got NaN of '" + name + "'");
    }
    // A zero has one place: -0.0 stands before 0.0.
    first += 0.0;
    second += 0.0;
  }

  /** Sorted by its name alone. */
  static AssertionPlace of(AssertionLine line) {
    return of(0, 0, line);
  }

  static AssertionPlace of(double first, double second, AssertionLine line) {
    return new AssertionPlace(first, second, "", line.name());
  }

  /** For an address. */
  String written() {
    return first + "~" + second + '~' + name + '~' + text;
  }

  /**
   * Reads what was written; nothing of the empty text.
   *
   * @throws Refused where it is no place
   */
  static Optional<AssertionPlace> read(String written) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw Refused.bad("after needs what a page before said, got '%s'".formatted(written));
    }
    return Optional.of(
        new AssertionPlace(
            Double.parseDouble(parts.group(1)),
            Double.parseDouble(parts.group(2)),
            parts.group(4),
            parts.group(3)));
  }

  @Override
  public int compareTo(AssertionPlace other) {
    return ORDER.compare(this, other);
  }
}
