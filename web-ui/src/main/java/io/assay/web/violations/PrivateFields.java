package io.assay.web.violations;

import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out of an event what its stream declares private. */
final class PrivateFields {
  private PrivateFields() {}

  /** Changes the fields; what the stream does not declare goes too, since nobody knows of it. */
  static void leaveOut(JsonNode fields, StructType type) {
    if (fields instanceof ObjectNode event) {
      event
          .propertyNames()
          .removeIf(name -> type.field(name).filter(field -> !field.hidden()).isEmpty());
      for (StructType.Field field : type.fields()) {
        leaveOutOf(event.path(field.name()), field.type());
      }
    }
  }

  private static void leaveOutOf(JsonNode value, Type type) {
    if (type instanceof StructType nested) {
      leaveOut(value, nested);
    } else if (type instanceof Type.ListOf(Type element) && value instanceof ArrayNode list) {
      list.forEach(one -> leaveOutOf(one, element));
    }
  }
}
