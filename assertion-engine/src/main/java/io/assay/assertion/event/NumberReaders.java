package io.assay.assertion.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Readers of what is kept as bits: numbers, booleans, instants, durations. */
final class NumberReaders {
  /** A longer whole number is no time in any unit. */
  private static final int LONGEST_EPOCH = 40;

  /** Longer literals are refused rather than parsed: nobody measures to so many digits. */
  private static final int LONGEST_NUMBER = 400;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private NumberReaders() {}

  static ValueReader.OfBits of(Type.Basic type, StructType.Reading reading) {
    return switch (type) {
      case BOOL -> NumberReaders::bool;
      case INT -> NumberReaders::whole;
      case RATIO -> NumberReaders::ratio;
      case DOUBLE, LENGTH, PIXELS -> (parser, d) -> bits(finite(parser, d, "a finite number"));
      case DURATION -> NumberReaders::duration;
      case TIMESTAMP -> timestamp(reading);
      default -> throw new IllegalArgumentException("values of " + type + " are not kept as bits");
    };
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long bool(JsonParser parser, Decoding decoding) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE ? 1 : 0;
    }
    decoding.wrong("true or false", parser);
    return 0;
  }

  private static long whole(JsonParser parser, Decoding decoding) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= 20) {
      JsonParser.NumberType type = parser.getNumberType();
      if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
        return parser.getLongValue();
      }
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT && !parser.isNaN()) {
      // 3.0 is how many writers put a whole number
      double value = parser.getStringLength() > LONGEST_NUMBER ? 0.5 : parser.getDoubleValue();
      if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
        return (long) value;
      }
    }
    decoding.wrong("a whole number of at most 64 bits", parser);
    return 0;
  }

  private static long ratio(JsonParser parser, Decoding decoding) {
    double value = finite(parser, decoding, "a number in 0 .. 1");
    if (value < 0 || value > 1) {
      decoding.problem("a number in 0 .. 1", parser.getString());
    }
    return bits(value);
  }

  /** A finite number; NaN, with the problem noted, where there is none. */
  static double finite(JsonParser parser, Decoding decoding, String needed) {
    JsonToken token = parser.currentToken();
    if ((token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT)
        && parser.getStringLength() <= LONGEST_NUMBER) {
      double value = parser.getDoubleValue();
      if (Double.isFinite(value)) {
        return value;
      }
    }
    decoding.wrong(needed, parser);
    return Double.NaN;
  }

  private static long duration(JsonParser parser, Decoding decoding) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      OptionalLong nanos = Durations.parse(parser.getString());
      if (nanos.isPresent()) {
        return nanos.getAsLong();
      }
    }
    decoding.wrong("a duration such as \"1.5s\"", parser);
    return 0;
  }

  private static ValueReader.OfBits timestamp(StructType.Reading reading) {
    return switch (reading) {
      case EPOCH_SECONDS -> (parser, d) -> epoch(parser, d, 9, "seconds", EpochUnit.SECONDS);
      case EPOCH_MILLIS -> (parser, d) -> epoch(parser, d, 6, "milliseconds", EpochUnit.MILLIS);
      case EPOCH_MICROS -> (parser, d) -> epoch(parser, d, 3, "microseconds", EpochUnit.MICROS);
      case EPOCH_NANOS -> (parser, d) -> epoch(parser, d, 0, "nanoseconds", EpochUnit.NANOS);
      default -> NumberReaders::rfc3339;
    };
  }

  private static long epoch(
      JsonParser parser, Decoding decoding, int places, String unit, EpochUnit read) {
    JsonToken token = parser.currentToken();
    // 18 digits fit; longer ones, a sign among them, may be more than 64 bits hold
    if (token == JsonToken.VALUE_NUMBER_INT
        && (parser.getStringLength() <= 18
            || (parser.getStringLength() <= 20
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER))) {
      long value = parser.getLongValue();
      long scale = (long) Math.pow(10, places);
      long nanos = value * scale;
      if (nanos / scale == value) {
        return nanos;
      }
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT
        && !parser.isNaN()
        && parser.getStringLength() <= LONGEST_NUMBER) {
      double rough = parser.getDoubleValue() * Math.pow(10, places);
      if (Math.abs(rough) < 1) {
        return Math.round(rough);
      }
      if (Math.abs(rough) < 9.2e18) {
        // by decimal: a double of seconds is some 200 ns off
        BigDecimal nanos = parser.getDecimalValue().movePointRight(places);
        return nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
      }
    }
    String needed = unit + " since 1970, between the years 1677 and 2262";
    if (token == JsonToken.VALUE_NUMBER_INT && parser.getStringLength() <= LONGEST_EPOCH) {
      String came = parser.getString();
      decoding.problem(
          needed,
          EpochUnit.meant(new BigDecimal(came), read).map(m -> came + ": " + m).orElse(came));
    } else {
      decoding.wrong(needed, parser);
    }
    return 0;
  }

  private static long rfc3339(JsonParser parser, Decoding decoding) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        Instant instant =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(parser.getString(), Instant::from);
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
      } catch (DateTimeException | ArithmeticException e) {
        // told below
      }
    }
    decoding.wrong("a time such as \"2026-01-31T12:00:00Z\"", parser);
    return 0;
  }
}
