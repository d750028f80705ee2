package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Values of {@code dyn} where one type is needed: they are of it, or there is no value. */
final class Known {
  private Known() {}

  static void register(Functions.Registry to) {
    of(to, "bool", "a bool", Boolean.class::isInstance);
    of(to, "int", "an int", Long.class::isInstance);
    of(to, "uint", "a uint", Unsigned.class::isInstance);
    of(to, "string", "a string", String.class::isInstance);
    of(to, "bytes", "bytes", ByteBuffer.class::isInstance);
    of(to, "timestamp", "a timestamp", Instant.class::isInstance);
    of(to, "duration", "a duration", Duration.class::isInstance);
    of(to, "rect", "a rect", Rect.class::isInstance);
    of(to, "cuboid", "a cuboid", Cuboid.class::isInstance);
    of(to, "list", "a list", List.class::isInstance);
    of(to, "map", "a map", Map.class::isInstance);
    to.put(
        "known_double",
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          boolean pure = compiler.isPure();
          return (ReferenceTerm) frame -> number(a.value(frame), pure);
        });
  }

  private static void of(Functions.Registry to, String type, String needed, Predicate<Object> is) {
    to.put(
        "known_" + type,
        (compiler, terms) -> {
          ReferenceTerm a = compiler.dynamic(terms.get(0));
          return (ReferenceTerm)
              frame -> {
                Object value = a.value(frame);
                if (!is.test(value)) {
                  throw Boxing.unexpected(needed, value);
                }
                return value;
              };
        });
  }

  /** JSON does not tell 5 from 5.0, so rules take both; CEL alone knows but doubles. */
  private static Object number(Object value, boolean pure) {
    return switch (value) {
      case Double number -> number;
      case Long whole when !pure -> whole.doubleValue();
      default -> throw Boxing.unexpected("a double", value);
    };
  }
}
