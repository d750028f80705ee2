package io.assay.assertion.canonical;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ir.Local;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What records look like: their components in order, and the alternatives of sealed types. */
final class Shapes {
  /** Written once, and meant by index. */
  static final Set<Class<?>> SHARED =
      Set.of(StructType.class, StructType.Field.class, StreamType.class, Local.class);

  /** The member that says which alternative an object is. */
  static final String KIND = "kind";

  private Shapes() {}

  static List<RecordComponent> components(Class<?> record) {
    return Arrays.asList(record.getRecordComponents());
  }

  /** By simple name; those of sealed types within a sealed type among them. */
  static Map<String, Class<?>> alternatives(Class<?> sealed) {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        found.putAll(alternatives(permitted));
      } else {
        found.put(permitted.getSimpleName(), permitted);
      }
    }
    return found;
  }

  /** Every record and enum that a type can lead to, with what it is made of. */
  static Map<String, String> reachable(Class<?> from) {
    Map<String, String> found = new TreeMap<>();
    visit(from, found);
    return found;
  }

  private static void visit(java.lang.reflect.Type type, Map<String, String> found) {
    if (type instanceof java.lang.reflect.ParameterizedType generic) {
      for (java.lang.reflect.Type argument : generic.getActualTypeArguments()) {
        visit(argument, found);
      }
      return;
    }
    if (!(type instanceof Class<?> of)
        || !of.getName().startsWith("io.assay.")
        || found.containsKey(name(of))) {
      return;
    }
    if (of.isEnum()) {
      found.put(name(of), "one of " + join(Arrays.stream(of.getEnumConstants()).toList()));
    } else if (of.isSealed()) {
      Map<String, Class<?>> alternatives = alternatives(of);
      found.put(name(of), KIND + " " + join(List.copyOf(alternatives.keySet())));
      alternatives.values().forEach(alternative -> visit(alternative, found));
    } else {
      found.put(
          name(of),
          join(
              components(of).stream()
                  .map(c -> c.getName() + " " + text(c.getGenericType()))
                  .toList()));
      components(of).forEach(component -> visit(component.getGenericType(), found));
    }
  }

  private static String join(List<?> parts) {
    return String.join(", ", parts.stream().map(Object::toString).toList());
  }

  static String name(Class<?> type) {
    if (!type.getName().startsWith("io.assay.")) {
      return type.getSimpleName();
    }
    String full = type.getName().substring(type.getPackageName().length() + 1);
    return full.replace('$', '.');
  }

  private static String text(java.lang.reflect.Type type) {
    if (type instanceof java.lang.reflect.ParameterizedType generic) {
      List<String> arguments =
          Arrays.stream(generic.getActualTypeArguments()).map(Shapes::text).toList();
      return name((Class<?>) generic.getRawType()) + "<" + join(arguments) + ">";
    }
    return type instanceof Class<?> of ? name(of) : type.getTypeName();
  }
}
