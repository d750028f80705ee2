package io.assay.assertion.canonical;

import io.assay.assertion.rule.Span;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a tree of JSON back to records. The records check themselves; nothing is read that their
 * components do not ask for, and nothing may be left out.
 */
final class RecordReader {
  private final List<?> sources;
  private final List<Object> shared = new ArrayList<>();

  RecordReader(List<?> sources, List<?> sharedNodes) {
    this.sources = sources;
    for (Object node : sharedNodes) {
      String place = "shared[" + shared.size() + "]";
      Map<?, ?> object = object(node, place);
      String kind = text(object.get(Shapes.KIND), place);
      Class<?> type =
          Shapes.SHARED.stream()
              .filter(c -> c.getSimpleName().equals(kind))
              .findFirst()
              .orElseThrow(() -> wrong(place, "something that is shared", kind));
      shared.add(record(type, object, true, place));
    }
  }

  Object read(Type declared, Object node, String place) {
    if (declared instanceof ParameterizedType generic) {
      return generic(generic, node, place);
    }
    Class<?> type = (Class<?>) declared;
    if (type == Object.class) {
      return Constants.read(node, place);
    }
    if (type == boolean.class) {
      return only(Boolean.class, node, place, "true or false");
    }
    if (type == String.class) {
      return text(node, place);
    }
    if (type == long.class) {
      return only(Long.class, node, place, "a whole number");
    }
    if (type == int.class) {
      return whole(node, place);
    }
    if (type == double.class) {
      return JsonNodes.number(node, place);
    }
    if (type == OptionalLong.class) {
      return isNull(node)
          ? OptionalLong.empty()
          : OptionalLong.of((Long) only(Long.class, node, place, "a whole number"));
    }
    if (type == OptionalDouble.class) {
      return isNull(node)
          ? OptionalDouble.empty()
          : OptionalDouble.of(JsonNodes.number(node, place));
    }
    return type == Span.class ? span(node, place) : composed(type, node, place);
  }

  private Object composed(Class<?> type, Object node, String place) {
    if (type.isEnum()) {
      return constant(type, node, place);
    }
    if (node instanceof Long index) {
      if (index < 0 || index >= shared.size() || !type.isInstance(shared.get(index.intValue()))) {
        throw wrong(place, "the index of a shared " + Shapes.name(type), index);
      }
      return shared.get(index.intValue());
    }
    if (!type.isSealed()) {
      return record(type, object(node, place), false, place);
    }
    if (node instanceof String) {
      // A sealed type may have an enum among its alternatives.
      for (Class<?> alternative : Shapes.alternatives(type).values()) {
        if (alternative.isEnum()) {
          return constant(alternative, node, place);
        }
      }
    }
    Map<?, ?> object = object(node, place);
    String kind = text(object.get(Shapes.KIND), place + "." + Shapes.KIND);
    @Nullable Class<?> alternative = Shapes.alternatives(type).get(kind);
    if (alternative == null || !alternative.isRecord()) {
      throw wrong(place, "a " + Shapes.name(type), kind);
    }
    return record(alternative, object, true, place);
  }

  private Object record(Class<?> type, Map<?, ?> object, boolean tagged, String place) {
    List<RecordComponent> components = Shapes.components(type);
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components.get(i);
      String of = place + "." + component.getName();
      @Nullable Object node = object.get(component.getName());
      if (node == null) {
        throw new IllegalArgumentException(of + " is missing");
      }
      values[i] = read(component.getGenericType(), node, of);
    }
    if (object.size() != values.length + (tagged ? 1 : 0)) {
      throw wrong(place, "the members of " + Shapes.name(type), object.keySet());
    }
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(place + ": " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private Object generic(ParameterizedType type, Object node, String place) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] of = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return isNull(node) ? Optional.empty() : Optional.of(read(of[0], node, place));
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      object(node, place)
          .forEach(
              (key, v) ->
                  map.put(
                      Objects.requireNonNull(key),
                      read(of[1], Objects.requireNonNull(v), place + "." + key)));
      return map;
    }
    List<?> list = list(node, place);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      values.add(read(of[0], Objects.requireNonNull(list.get(i)), place + "[" + i + "]"));
    }
    return raw == Set.class ? new LinkedHashSet<>(values) : List.copyOf(values);
  }

  private Span span(Object node, String place) {
    List<?> parts = list(node, place);
    if (parts.size() != 5) {
      throw wrong(place, "source, start, end, line and column", parts);
    }
    int[] numbers = parts.stream().mapToInt(p -> whole(Objects.requireNonNull(p), place)).toArray();
    if (numbers[0] < 0 || numbers[0] >= sources.size()) {
      throw wrong(place, "the index of a source", numbers[0]);
    }
    String source = text(sources.get(numbers[0]), "sources[" + numbers[0] + "]");
    return new Span(source, numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  private static Object constant(Class<?> type, Object node, String place) {
    String name = text(node, place);
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> ((Enum<?>) c).name().equals(name))
        .findFirst()
        .orElseThrow(() -> wrong(place, "a " + Shapes.name(type), name));
  }

  private static boolean isNull(Object node) {
    return node.equals(Optional.empty());
  }

  private static int whole(Object node, String place) {
    long value = (Long) only(Long.class, node, place, "a whole number");
    if (value != (int) value) {
      throw wrong(place, "a whole number of 32 bits", value);
    }
    return (int) value;
  }

  private static String text(@Nullable Object node, String place) {
    return (String) only(String.class, node, place, "a text");
  }

  private static Map<?, ?> object(Object node, String place) {
    return (Map<?, ?>) only(Map.class, node, place, "an object");
  }

  private static List<?> list(Object node, String place) {
    return (List<?>) only(List.class, node, place, "a list");
  }

  private static Object only(Class<?> type, @Nullable Object node, String place, String needed) {
    if (node == null || !type.isInstance(node)) {
      throw wrong(place, needed, node);
    }
    return node;
  }

  static IllegalArgumentException wrong(String place, String needed, @Nullable Object came) {
    String text = came == null || isNull(came) ? "nothing" : came.toString();
    return new IllegalArgumentException(
        "%s needs %s, came %s"
            .formatted(place, needed, text.length() > 80 ? text.substring(0, 80) + "…" : text));
  }
}
