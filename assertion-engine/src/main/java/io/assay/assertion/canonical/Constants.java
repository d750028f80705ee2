package io.assay.assertion.canonical;

import io.assay.assertion.event.Rect;
import io.assay.assertion.rule.ir.Term;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Values of constants, each with a word that says what it is. */
final class Constants {
  private Constants() {}

  static Object write(Object value) {
    return switch (value) {
      case Boolean truth -> Map.of("bool", truth);
      case Long bits -> Map.of("int", bits);
      case Double number -> Map.of("double", JsonNodes.number(number));
      case String text -> Map.of("string", text);
      case ByteBuffer bytes -> Map.of("bytes", base64(bytes));
      case Rect box ->
          Map.of("rect", numbers(List.of(box.x(), box.y(), box.width(), box.height())));
      case List<?> list -> Map.of("doubles", numbers(list));
      case Term.Null ignored -> Optional.empty();
      default ->
          throw new IllegalStateException("no form for a constant " + value.getClass().getName());
    };
  }

  private static List<Object> numbers(List<?> list) {
    return list.stream().map(n -> JsonNodes.number((Double) Objects.requireNonNull(n))).toList();
  }

  private static String base64(ByteBuffer value) {
    var bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  static Object read(Object node, String place) {
    if (node.equals(Optional.empty())) {
      return Term.Null.NULL;
    }
    if (node instanceof Map<?, ?> object && object.size() == 1) {
      Map.Entry<?, ?> only = object.entrySet().iterator().next();
      Object value = Objects.requireNonNull(only.getValue());
      switch (String.valueOf(only.getKey())) {
        case "bool" -> {
          if (value instanceof Boolean) {
            return value;
          }
        }
        case "int" -> {
          if (value instanceof Long) {
            return value;
          }
        }
        case "string" -> {
          if (value instanceof String) {
            return value;
          }
        }
        case "double" -> {
          return JsonNodes.number(value, place);
        }
        case "bytes" -> {
          if (value instanceof String text) {
            return bytes(text, place);
          }
        }
        case "rect" -> {
          List<Double> v = doubles(value, place);
          if (v.size() == 4) {
            return new Rect(v.get(0), v.get(1), v.get(2), v.get(3));
          }
        }
        case "doubles" -> {
          return doubles(value, place);
        }
        default -> {}
      }
    }
    throw RecordReader.wrong(place, "a value and what it is", node);
  }

  private static ByteBuffer bytes(String text, String place) {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text)).asReadOnlyBuffer();
    } catch (IllegalArgumentException e) {
      throw RecordReader.wrong(place, "bytes in base64", text);
    }
  }

  private static List<Double> doubles(Object value, String place) {
    if (!(value instanceof List<?> list)) {
      throw RecordReader.wrong(place, "a list of numbers", value);
    }
    List<Double> numbers = new ArrayList<>();
    list.forEach(n -> numbers.add(JsonNodes.number(Objects.requireNonNull(n), place)));
    return List.copyOf(numbers);
  }
}
