package io.assay.assertion.event;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Durations as text: read as CEL has them ({@code 1h30m}, {@code 1.5s}), printed for people. */
public final class Durations {
  private static final long MICRO = 1_000L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** Longer texts hold no duration that 64 bits could. */
  private static final int LONGEST = 64;

  private Durations() {}

  /**
   * As sentences have it: {@code 200ms}, {@code 1.5s}, {@code 2min 30s}, {@code 3h}. Exact, so that
   * two different durations never read the same.
   */
  public static String print(long nanos) {
    if (nanos < 0) {
      return nanos == Long.MIN_VALUE ? nanos + "ns" : "-" + print(-nanos);
    }
    if (nanos >= MINUTE) {
      return printLong(nanos);
    }
    if (nanos >= SECOND) {
      return decimal(nanos, 9) + "s";
    }
    if (nanos >= MILLI) {
      return decimal(nanos, 6) + "ms";
    }
    if (nanos >= MICRO) {
      return decimal(nanos, 3) + "us";
    }
    return nanos == 0 ? "0s" : nanos + "ns";
  }

  private static String printLong(long nanos) {
    var text = new StringBuilder();
    long rest = nanos;
    rest = take(text, rest, DAY, "d");
    rest = take(text, rest, HOUR, "h");
    rest = take(text, rest, MINUTE, "min");
    if (rest > 0) {
      text.append(text.isEmpty() ? "" : " ").append(print(rest));
    }
    return text.toString();
  }

  private static long take(StringBuilder text, long nanos, long unit, String name) {
    if (nanos >= unit) {
      text.append(text.isEmpty() ? "" : " ").append(nanos / unit).append(name);
    }
    return nanos % unit;
  }

  private static String decimal(long nanos, int places) {
    return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
  }

  /** A signed sequence of numbers with units h, m, s, ms, us, ns; empty when it is none. */
  public static OptionalLong parse(String text) {
    boolean negative = text.startsWith("-");
    int at = negative || text.startsWith("+") ? 1 : 0;
    if (at == text.length() || text.length() > LONGEST) {
      return OptionalLong.empty();
    }
    if (text.substring(at).equals("0")) {
      return OptionalLong.of(0);
    }
    BigDecimal sum = BigDecimal.ZERO;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < text.length() && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
        at++;
      }
      long scale = scale(text.substring(unit, at));
      if (scale == 0 || number == unit) {
        return OptionalLong.empty();
      }
      try {
        BigDecimal part = new BigDecimal(text.substring(number, unit));
        sum = sum.add(part.multiply(BigDecimal.valueOf(scale)));
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    BigDecimal nanos = negative ? sum.negate() : sum;
    if (nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(nanos.longValue());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long scale(String unit) {
    return switch (unit) {
      case "h" -> HOUR;
      case "m" -> MINUTE;
      case "s" -> SECOND;
      case "ms" -> MILLI;
      case "us", "\u00b5s", "\u03bcs" -> MICRO;
      case "ns" -> 1;
      default -> 0;
    };
  }
}
