package io.assay.web.system;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of what endpoints take and answer, from the records that they are. Each record stands
 * once, by its name, and is referred to.
 */
final class OpenApiSchemas {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String AT = "#/components/schemas/";

  private final Map<String, ObjectNode> known = new TreeMap<>();

  /** What the parameters of the generic record stand for that is looked at. */
  private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

  /** A value of the type; an empty schema takes anything. */
  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return ofGeneric(raw, generic.getActualTypeArguments());
    }
    if (type instanceof TypeVariable<?> variable) {
      Type given = bound.get(variable);
      return given == null ? JSON.createObjectNode() : of(given);
    }
    return type instanceof Class<?> plain ? ofClass(plain) : JSON.createObjectNode();
  }

  /** A value that an address or header gives: one that may be left out is never null. */
  ObjectNode given(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
        ? of(generic.getActualTypeArguments()[0])
        : of(type);
  }

  /** All records that were referred to, by their names. */
  ObjectNode all() {
    ObjectNode all = JSON.createObjectNode();
    known.forEach(all::set);
    return all;
  }

  private ObjectNode ofGeneric(Class<?> raw, Type[] arguments) {
    if (Collection.class.isAssignableFrom(raw)) {
      return array(of(arguments[0]));
    }
    if (Map.class.isAssignableFrom(raw)) {
      ObjectNode map = typed("object");
      map.set("additionalProperties", of(arguments[1]));
      return map;
    }
    if (raw == Optional.class) {
      return orNull(of(arguments[0]));
    }
    if (raw == ResponseEntity.class) {
      return of(arguments[0]);
    }
    return raw.isRecord() ? ofGenericRecord(raw, arguments) : ofClass(raw);
  }

  /** A list of members is another schema than a list of tokens. */
  private ObjectNode ofGenericRecord(Class<?> raw, Type[] arguments) {
    var name = new StringBuilder(name(raw));
    for (int i = 0; i < arguments.length; i++) {
      name.append('.').append(arguments[i] instanceof Class<?> plain ? name(plain) : "any");
      bound.put(raw.getTypeParameters()[i], arguments[i]);
    }
    ObjectNode made = reference(raw, name.toString());
    for (TypeVariable<?> variable : raw.getTypeParameters()) {
      bound.remove(variable);
    }
    return made;
  }

  private ObjectNode ofClass(Class<?> type) {
    if (type == String.class || type == char.class || type == Character.class) {
      return typed("string");
    }
    if (type == int.class || type == Integer.class || type == short.class || type == Short.class) {
      return typed("integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return typed("integer").put("format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return typed("number").put("format", "double");
    }
    if (type == float.class || type == Float.class || type == BigDecimal.class) {
      return typed("number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed("boolean");
    }
    if (type == Instant.class) {
      return typed("string").put("format", "date-time");
    }
    if (type == LocalDate.class) {
      return typed("string").put("format", "date");
    }
    if (type == OptionalLong.class || type == OptionalInt.class) {
      return orNull(typed("integer"));
    }
    if (type == OptionalDouble.class) {
      return orNull(typed("number"));
    }
    if (type.isArray()) {
      return type == byte[].class ? typed("string") : array(of(type.componentType()));
    }
    if (type.isEnum()) {
      return ofEnum(type);
    }
    return type.isRecord() ? reference(type, name(type)) : JSON.createObjectNode();
  }

  /** As Jackson writes the constants. */
  private static ObjectNode ofEnum(Class<?> type) {
    ObjectNode schema = typed("string");
    ArrayNode values = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      JsonNode written = JSON.valueToTree(constant);
      values.add(written);
    }
    return schema;
  }

  private ObjectNode reference(Class<?> type, String name) {
    if (!known.containsKey(name)) {
      ObjectNode schema = typed("object");
      // Known before its parts are looked at: it may have itself among them.
      known.put(name, schema);
      ObjectNode properties = schema.putObject("properties");
      for (RecordComponent component : type.getRecordComponents()) {
        ObjectNode of = of(component.getGenericType());
        properties.set(
            component.getName(), isNullable(component.getAnnotatedType()) ? orNull(of) : of);
      }
    }
    return JSON.createObjectNode().put("$ref", AT + name);
  }

  /** Short, and still one of a kind: {@code ReviewItems.Page}. */
  private static String name(Class<?> type) {
    String whole = type.getName();
    String feature = type.getPackageName();
    String own = whole.substring(feature.length() + 1).replace('$', '.');
    return own.contains(".") ? own : feature.substring(feature.lastIndexOf('.') + 1) + '.' + own;
  }

  static boolean isNullable(AnnotatedElement element) {
    return element.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    ObjectNode either = JSON.createObjectNode();
    either.putArray("anyOf").add(schema).add(typed("null"));
    return either;
  }

  private static ObjectNode array(ObjectNode items) {
    ObjectNode array = typed("array");
    array.set("items", items);
    return array;
  }

  private static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
