package io.assay.assertion.eval.term;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values as a Java method takes and gives them. */
final class JavaValues {
  private JavaValues() {}

  /** For a parameter of a type; what it is not has no value. */
  static UnaryOperator<Object> taken(Type type) {
    return switch (type) {
      case Basic basic ->
          switch (basic) {
            case INT -> Boxing::whole;
            case DOUBLE -> Boxing::number;
            case BOOL -> Boxing::truth;
            case STRING -> Texts::string;
            case TIMESTAMP, DURATION -> value -> Boxing.dynamic(basic, Boxing.whole(value));
            case RECT -> value -> only(Rect.class, "a box", value);
            case CUBOID -> value -> only(Cuboid.class, "a cuboid", value);
            default -> throw new IllegalArgumentException("no function takes " + type);
          };
      case Type.ListOf list -> {
        UnaryOperator<Object> element = taken(list.element());
        yield value ->
            Aggregates.list(value).stream()
                .map(v -> element.apply(Objects.requireNonNull(v)))
                .toList();
      }
      case Type.MapOf map -> {
        UnaryOperator<Object> of = taken(map.value());
        yield value -> map(value, of);
      }
      default -> throw new IllegalArgumentException("no function takes " + type);
    };
  }

  private static Object only(Class<?> wanted, String needed, Object value) {
    if (wanted.isInstance(value)) {
      return value;
    }
    throw Boxing.unexpected(needed, value);
  }

  private static Object map(Object value, UnaryOperator<Object> of) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Boxing.unexpected("a map", value);
    }
    Map<Object, Object> taken = new LinkedHashMap<>();
    map.forEach(
        (key, v) ->
            taken.put(
                Texts.string(Objects.requireNonNull(key)), of.apply(Objects.requireNonNull(v))));
    return taken;
  }

  /** What came out of a method, as plans have it; empty where nothing did. */
  static Optional<Object> given(@Nullable Object result) {
    return switch (result) {
      case null -> Optional.empty();
      case Optional<?> optional -> optional.flatMap(JavaValues::given);
      case Integer whole -> Optional.of(whole.longValue());
      case Instant instant -> Optional.of(Boxing.nanos(instant));
      case Duration duration -> Optional.of(Boxing.nanos(duration));
      case List<?> list -> Optional.of(list.stream().map(JavaValues::element).toList());
      case Map<?, ?> map -> {
        Map<Object, Object> given = new LinkedHashMap<>();
        map.forEach((key, value) -> given.put(element(key), element(value)));
        yield Optional.of(given);
      }
      default -> Optional.of(result);
    };
  }

  private static Object element(@Nullable Object value) {
    return given(value).orElseThrow(() -> NoValue.failed("a list or map with null in it"));
  }
}
