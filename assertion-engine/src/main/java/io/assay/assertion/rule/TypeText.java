package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How messages call a type. */
final class TypeText {
  private TypeText() {}

  /** As it would be declared: {@code double}, {@code list<string>}. */
  static String of(Type type) {
    return switch (type) {
      case Type.Basic basic -> basic.name().toLowerCase(Locale.ROOT);
      case Type.ListOf list -> "list<" + of(list.element()) + ">";
      case Type.MapOf map -> "map<" + of(map.key()) + ", " + of(map.value()) + ">";
      case Type.EnumOf ignored -> "enum";
      case Type.Vector vector -> "vector(" + vector.dimension() + ")";
      case StructType struct -> struct.name();
    };
  }

  /** With its article: {@code a double}, {@code an int}. */
  static String aOrAn(Type type) {
    if (type instanceof StructType struct) {
      return "a record (%s)".formatted(struct.name());
    }
    if (type == Type.Basic.PIXELS || type == Type.Basic.BYTES || type == Type.Basic.NULL) {
      return type == Type.Basic.PIXELS ? "a number of pixels" : of(type);
    }
    String text = of(type);
    boolean vowel = "aeio".indexOf(text.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + text;
  }

  /** As a user would write it: 5, not 5.0. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /** The first of many names. */
  static String some(List<String> names) {
    String first = names.stream().limit(12).collect(Collectors.joining(", "));
    return names.size() > 12 ? first + ", …" : first;
  }

  static String list(List<Type> types) {
    return types.stream().map(TypeText::of).collect(Collectors.joining(", ", "(", ")"));
  }

  static String of(Overload.Result result) {
    return switch (result) {
      case Overload.Result.Always always -> of(always.type());
      case Overload.Result.Same ignored -> "the first parameter's type";
      case Overload.Result.Element ignored -> "the type of its elements";
    };
  }

  static String parameters(Overload overload) {
    return overload.parameters().stream()
        .map(
            p ->
                switch (p) {
                  case Overload.Parameter.Exactly e -> of(e.type());
                  case Overload.Parameter.AnyList ignored -> "list";
                  case Overload.Parameter.AnyMap ignored -> "map";
                  case Overload.Parameter.AnyVector ignored -> "vector";
                  case Overload.Parameter.Numbers ignored -> "list of numbers";
                  case Overload.Parameter.Ordered ignored -> "list of values with an order";
                  case Overload.Parameter.Shares ignored -> "map to numbers";
                  case Overload.Parameter.Anything ignored -> "any value";
                })
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
