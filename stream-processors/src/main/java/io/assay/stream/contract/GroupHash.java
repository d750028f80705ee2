package io.assay.stream.contract;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Tells a group of fields from another: by names and types, in order. Where in a payload they stand
 * makes no difference to an imputer.
 */
public final class GroupHash {
  private GroupHash() {}

  /** As hex. */
  public static String of(StructType group) {
    var text = new StringBuilder();
    struct(group, text);
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(RuleContent.sha256().digest(bytes)).substring(0, 32);
  }

  private static void struct(StructType group, StringBuilder text) {
    for (StructType.Field field : group.fields()) {
      text.append(field.name()).append(' ');
      type(field.type(), text);
      text.append('\n');
    }
  }

  private static void type(Type type, StringBuilder text) {
    switch (type) {
      case Type.Basic basic -> text.append(basic.name());
      case Type.EnumOf one -> one.values().forEach(value -> text.append('"').append(value));
      case Type.ListOf list -> {
        text.append("list ");
        type(list.element(), text);
      }
      case Type.MapOf map -> {
        text.append("map ");
        type(map.key(), text);
        text.append(' ');
        type(map.value(), text);
      }
      case Type.Vector vector -> text.append("vector ").append(vector.dimension());
      case StructType nested -> {
        text.append("{\n");
        struct(nested, text);
        text.append('}');
      }
    }
  }
}
