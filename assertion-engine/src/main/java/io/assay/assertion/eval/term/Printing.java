package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Durations;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.Term;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Values as people read them: {@code 200ms}, {@code 0.873}, {@code car}, {@code 12.5px}. */
public final class Printing {
  /** Digits that sentences show of a number that is not whole. */
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private static final int MOST_ELEMENTS = 8;

  private Printing() {}

  public static String print(Type type, Object value) {
    if (value instanceof Long nanos && type == Basic.DURATION) {
      return Durations.print(nanos);
    }
    if (value instanceof Long && type == Basic.TIMESTAMP) {
      return Boxing.dynamic(type, value).toString();
    }
    String text = print(value);
    if (value instanceof Double || value instanceof Long) {
      return type == Basic.PIXELS ? text + "px" : type == Basic.LENGTH ? text + "m" : text;
    }
    return text;
  }

  private static String print(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Duration duration -> Durations.print(Boxing.nanos(duration));
      case Instant instant -> instant.toString();
      case Rect box ->
          "[%s, %s, %s, %s]"
              .formatted(
                  number(box.x()), number(box.y()), number(box.width()), number(box.height()));
      case Cuboid box ->
          "[%s, %s, %s]".formatted(number(box.x()), number(box.y()), number(box.z()));
      case double[] vector ->
          Arrays.stream(vector)
              .limit(MOST_ELEMENTS)
              .mapToObj(Printing::number)
              .collect(Collectors.joining(", ", "[", vector.length > MOST_ELEMENTS ? ", …]" : "]"));
      case List<?> list ->
          list.stream()
              .limit(MOST_ELEMENTS)
              .map(Printing::print)
              .collect(Collectors.joining(", ", "[", list.size() > MOST_ELEMENTS ? ", …]" : "]"));
      case Row row -> row.type().name();
      case Term.Null ignored -> "null";
      case io.assay.assertion.event.None ignored -> "null";
      default -> String.valueOf(value);
    };
  }

  private static String number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Conversions.number(number);
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return Conversions.number(number);
    }
    BigDecimal exact = new BigDecimal(Double.toString(number));
    BigDecimal rounded =
        Math.abs(number) >= 1000 ? exact.setScale(1, RoundingMode.HALF_EVEN) : exact.round(DIGITS);
    return Conversions.number(rounded.doubleValue());
  }
}
