package io.assay.assertion.eval.term;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.Term;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** From one type to another, as CEL defines it; what does not fit has no value. */
final class Conversions {
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|Infinity|NaN)");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})");
  private static final double TWO_63 = 0x1p63;
  private static final double TWO_64 = 0x1p64;

  private Conversions() {}

  static void register(Functions.Registry to) {
    of(to, "int", Conversions::toInt, "int", "uint", "double", "string", "timestamp", "dyn");
    of(to, "uint", Conversions::toUint, "uint", "int", "double", "string", "dyn");
    of(to, "double", Conversions::toDouble, "double", "int", "uint", "string", "dyn");
    of(
        to,
        "string",
        Conversions::toText,
        "string",
        "int",
        "uint",
        "double",
        "bool",
        "bytes",
        "timestamp",
        "duration",
        "dyn");
    of(to, "bytes", Conversions::toBytes, "bytes", "string", "dyn");
    of(to, "bool", Conversions::toBool, "bool", "string", "dyn");
    of(to, "timestamp", Conversions::toTimestamp, "timestamp", "string", "int", "dyn");
    of(to, "duration", Conversions::toDuration, "duration", "string", "dyn");
    to.put("fail_string", Conversions::fail);
    to.put("to_dyn", (compiler, terms) -> compiler.dynamic(terms.get(0)));
    to.put(
        "type_of",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          return (ReferenceTerm) frame -> new Boxing.TypeValue(Boxing.typeName(a.value(frame)));
        });
  }

  private static void of(
      Functions.Registry to, String target, UnaryOperator<Object> convert, String... sources) {
    for (String source : sources) {
      to.put(target + "_" + source, (compiler, terms) -> bind(compiler, terms, convert));
    }
  }

  private static Plan bind(TermCompiler compiler, List<Term> terms, UnaryOperator<Object> convert) {
    ReferenceTerm a = compiler.dynamic(terms.get(0));
    return (ReferenceTerm) frame -> convert.apply(a.value(frame));
  }

  /** What the checker refused, where that is to be told late. */
  private static Plan fail(TermCompiler compiler, List<Term> terms) {
    NoValue reason = NoValue.failed(String.valueOf(((Term.Constant) terms.get(0)).value()));
    return (ReferenceTerm)
        frame -> {
          throw reason;
        };
  }

  private static Object toInt(Object value) {
    return switch (value) {
      case Long whole -> whole;
      case Unsigned unsigned -> {
        if (unsigned.bits() < 0) {
          throw NoValue.failed("int out of range: " + unsigned);
        }
        yield unsigned.bits();
      }
      case Double number -> {
        if (!(number > -TWO_63 && number < TWO_63)) {
          throw NoValue.failed("int out of range: " + number);
        }
        yield number.longValue();
      }
      case String text -> {
        try {
          yield Long.parseLong(ascii(text));
        } catch (NumberFormatException e) {
          throw NoValue.failed("not an int: '" + text + "'");
        }
      }
      case Instant instant -> instant.getEpochSecond();
      default -> throw Boxing.unexpected("something that converts to int", value);
    };
  }

  /** Java would read the digits of other scripts too. */
  private static String ascii(String text) {
    if (!text.chars().allMatch(c -> c < 128)) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  private static String unsigned(String text) {
    if (text.startsWith("+")) {
      throw new NumberFormatException(text);
    }
    return ascii(text);
  }

  private static Object toUint(Object value) {
    return switch (value) {
      case Unsigned unsigned -> unsigned;
      case Long whole -> {
        if (whole < 0) {
          throw NoValue.failed("uint out of range: " + whole);
        }
        yield new Unsigned(whole);
      }
      case Double number -> {
        if (!(number >= 0 && number < TWO_64)) {
          throw NoValue.failed("uint out of range: " + number);
        }
        yield new Unsigned(new BigDecimal(number).toBigInteger().longValue());
      }
      case String text -> {
        try {
          yield new Unsigned(Long.parseUnsignedLong(unsigned(text)));
        } catch (NumberFormatException e) {
          throw NoValue.failed("not a uint: '" + text + "'");
        }
      }
      default -> throw Boxing.unexpected("something that converts to uint", value);
    };
  }

  private static Object toDouble(Object value) {
    return switch (value) {
      case Double number -> number;
      case Long whole -> whole.doubleValue();
      case Unsigned unsigned -> unsigned.toDouble();
      case String text -> {
        if (DOUBLE.matcher(text).matches()) {
          double number = Double.parseDouble(text);
          if (!Double.isInfinite(number) || text.contains("Inf")) {
            yield number;
          }
        }
        throw NoValue.failed("not a double: '" + text + "'");
      }
      default -> throw Boxing.unexpected("something that converts to double", value);
    };
  }

  static Object toText(Object value) {
    return switch (value) {
      case String text -> text;
      case Long whole -> Long.toString(whole);
      case Unsigned unsigned -> unsigned.toString();
      case Double number -> number(number);
      case Boolean truth -> Boolean.toString(truth);
      case Instant instant -> DateTimeFormatter.ISO_INSTANT.format(instant);
      case Duration duration -> seconds(duration);
      case ByteBuffer bytes -> {
        try {
          yield StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
          throw NoValue.failed("bytes that are no UTF-8");
        }
      }
      default -> throw Boxing.unexpected("something that converts to string", value);
    };
  }

  /** The shortest text that reads back the same; whole numbers without a fraction. */
  static String number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return (number == 0 && 1 / number < 0 ? "-" : "") + Long.toString((long) number);
    }
    double size = Math.abs(number);
    if (size >= 1e-4 && size < 1e21) {
      return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
    String text = Double.toString(number).replace(".0E", "E").replace("E", "e");
    return text.contains("e-") ? text : text.replace("e", "e+");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString()
        + "s";
  }

  private static Object toBytes(Object value) {
    return switch (value) {
      case ByteBuffer bytes -> bytes;
      case String text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      default -> throw Boxing.unexpected("something that converts to bytes", value);
    };
  }

  private static Object toBool(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text ->
          switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw NoValue.failed("not a bool: '" + text + "'");
          };
      default -> throw Boxing.unexpected("something that converts to bool", value);
    };
  }

  private static Object toTimestamp(Object value) {
    try {
      return switch (value) {
        case Instant instant -> instant;
        case Long seconds -> inRange(Instant.ofEpochSecond(seconds));
        case String text when TIMESTAMP.matcher(text).matches() ->
            inRange(OffsetDateTime.parse(text).toInstant());
        case String text -> throw new DateTimeException(text);
        default -> throw Boxing.unexpected("something that converts to timestamp", value);
      };
    } catch (DateTimeException e) {
      throw NoValue.failed("not a timestamp: '" + value + "'");
    }
  }

  static Instant inRange(Instant instant) {
    if (instant.getEpochSecond() < -62_135_596_800L
        || instant.getEpochSecond() > 253_402_300_799L) {
      throw NoValue.failed("timestamp out of range: " + instant);
    }
    return instant;
  }

  private static Object toDuration(Object value) {
    return switch (value) {
      case Duration duration -> duration;
      case String text -> {
        OptionalLong nanos = Durations.parse(text);
        if (nanos.isEmpty()) {
          throw NoValue.failed("not a duration: '" + text + "'");
        }
        yield Duration.ofNanos(nanos.getAsLong());
      }
      default -> throw Boxing.unexpected("something that converts to duration", value);
    };
  }
}
