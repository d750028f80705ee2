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
      Optional<Object> read = read(String.valueOf(only.getKey()), value, place);
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw RecordReader.wrong(place, "a value and what it is", node);
  }

  /** Empty where the value is not what it is said to be. */
  private static Optional<Object> read(String tag, Object value, String place) {
    return switch (tag) {
      case "bool" -> only(Boolean.class, value);
      case "int" -> only(Long.class, value);
      case "string" -> only(String.class, value);
      case "double" -> Optional.of(JsonNodes.number(value, place));
      case "bytes" -> only(String.class, value).map(text -> bytes(text.toString(), place));
      case "rect" -> rect(doubles(value, place));
      case "doubles" -> Optional.of(doubles(value, place));
      default -> Optional.empty();
    };
  }

  private static Optional<Object> only(Class<?> type, Object value) {
    return type.isInstance(value) ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Object> rect(List<Double> sides) {
    return sides.size() == 4
        ? Optional.of(new Rect(sides.get(0), sides.get(1), sides.get(2), sides.get(3)))
        : Optional.empty();
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
