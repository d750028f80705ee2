package io.assay.assertion.function;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Java's types as the rule language's. */
final class JavaTypes {
  private static final Map<java.lang.reflect.Type, Type> BASIC =
      Map.ofEntries(
          Map.entry(long.class, Basic.INT),
          Map.entry(Long.class, Basic.INT),
          Map.entry(int.class, Basic.INT),
          Map.entry(double.class, Basic.DOUBLE),
          Map.entry(Double.class, Basic.DOUBLE),
          Map.entry(boolean.class, Basic.BOOL),
          Map.entry(Boolean.class, Basic.BOOL),
          Map.entry(String.class, Basic.STRING),
          Map.entry(Duration.class, Basic.DURATION),
          Map.entry(Instant.class, Basic.TIMESTAMP),
          Map.entry(Rect.class, Basic.RECT),
          Map.entry(Cuboid.class, Basic.CUBOID));

  static final String KNOWN =
      "long, int, double, boolean, String, Duration, Instant, Rect, Cuboid, List and Map<String,"
          + " …>";

  private JavaTypes() {}

  /** Empty where rules have no such type. */
  static Optional<Type> of(java.lang.reflect.Type java) {
    if (BASIC.containsKey(java)) {
      return Optional.ofNullable(BASIC.get(java));
    }
    if (!(java instanceof ParameterizedType generic)) {
      return Optional.empty();
    }
    java.lang.reflect.Type[] of = generic.getActualTypeArguments();
    if (generic.getRawType() == List.class) {
      return of(of[0]).map(Type.ListOf::new);
    }
    return generic.getRawType() == Map.class && of[0] == String.class
        ? of(of[1]).map(value -> new Type.MapOf(Basic.STRING, value))
        : Optional.empty();
  }

  /** Likewise; {@code Optional} of a type is that type. */
  static Optional<Type> ofResult(java.lang.reflect.Type java) {
    return java instanceof ParameterizedType generic && generic.getRawType() == Optional.class
        ? of(generic.getActualTypeArguments()[0])
        : of(java);
  }

  static String text(Type type) {
    return switch (type) {
      case Basic basic -> basic.name().toLowerCase(Locale.ROOT);
      case Type.ListOf list -> "list<" + text(list.element()) + ">";
      case Type.MapOf map -> "map<" + text(map.key()) + "," + text(map.value()) + ">";
      default -> throw new IllegalArgumentException("no function has " + type);
    };
  }
}
