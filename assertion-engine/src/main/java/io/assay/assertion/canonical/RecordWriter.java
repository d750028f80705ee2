package io.assay.assertion.canonical;

import io.assay.assertion.rule.Span;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** From records to a tree of JSON, led by the declared types of their components. */
final class RecordWriter {
  private final Map<Object, Long> indices = new HashMap<>();
  private final List<Object> shared = new ArrayList<>();
  private final Map<String, Long> sourceIndices = new HashMap<>();
  private final List<Object> sources = new ArrayList<>();
  private final boolean placed;

  /** {@code placed}: whether it is written where in the texts each thing stands. */
  RecordWriter(boolean placed) {
    this.placed = placed;
  }

  List<Object> shared() {
    return shared;
  }

  List<Object> sources() {
    return sources;
  }

  Object write(Type declared, Object value) {
    if (declared instanceof ParameterizedType generic) {
      return generic(generic, value);
    }
    Class<?> type = (Class<?>) declared;
    if (type == Object.class) {
      return Constants.write(value);
    }
    if (value instanceof Optional<?>
        || value instanceof OptionalLong
        || value instanceof OptionalDouble) {
      return optional(value);
    }
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> text;
      case Long whole -> whole;
      case Integer whole -> whole.longValue();
      case Double number -> JsonNodes.number(number);
      case Enum<?> constant -> constant.name();
      case Span span -> span(span);
      default -> Shapes.SHARED.contains(value.getClass()) ? index(value) : record(type, value);
    };
  }

  private static Object optional(Object value) {
    return switch (value) {
      case OptionalLong whole when whole.isPresent() -> whole.getAsLong();
      case OptionalDouble number when number.isPresent() -> JsonNodes.number(number.getAsDouble());
      default -> Optional.empty();
    };
  }

  private Object generic(ParameterizedType type, Object value) {
    Type[] of = type.getActualTypeArguments();
    return switch (value) {
      case Optional<?> optional ->
          optional.<Object>map(present -> write(of[0], present)).orElse(Optional.empty());
      case List<?> list ->
          list.stream().map(element -> write(of[0], Objects.requireNonNull(element))).toList();
      case Set<?> set -> set.stream().map(Object::toString).sorted().<Object>map(t -> t).toList();
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach(
            (key, v) -> sorted.put(String.valueOf(key), write(of[1], Objects.requireNonNull(v))));
        yield sorted;
      }
      default -> throw new IllegalStateException("no form for a " + value.getClass().getName());
    };
  }

  /** [source, start, end, line, column]. */
  private Object span(Span span) {
    if (!placed) {
      return List.of();
    }
    long source =
        sourceIndices.computeIfAbsent(
            span.source(),
            name -> {
              sources.add(name);
              return (long) sources.size() - 1;
            });
    return List.of(
        source, (long) span.start(), (long) span.end(), (long) span.line(), (long) span.column());
  }

  private long index(Object value) {
    Long known = indices.get(value);
    if (known != null) {
      return known;
    }
    // What it is made of comes first, so a reader has it when it is needed.
    Object written = fields(true, value);
    shared.add(written);
    long index = shared.size() - 1L;
    indices.put(value, index);
    return index;
  }

  private Object record(Class<?> declared, Object value) {
    return fields(!declared.equals(value.getClass()), value);
  }

  private Object fields(boolean tagged, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (tagged) {
      object.put(Shapes.KIND, value.getClass().getSimpleName());
    }
    for (RecordComponent component : Shapes.components(value.getClass())) {
      try {
        Object of = Objects.requireNonNull(component.getAccessor().invoke(value));
        object.put(component.getName(), write(component.getGenericType(), of));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return object;
  }
}
