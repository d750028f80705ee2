package io.assay.web.labels;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields of a stream someone may see. Whoever lacks the right to private ones sees none where
 * the stream is not known: nobody can tell then which are private.
 */
public final class Visible {
  private final boolean all;
  private final Optional<StructType> known;

  private Visible(boolean all, Optional<StructType> known) {
    this.all = all;
    this.known = known;
  }

  /** With the right to private fields. */
  public static Visible everything() {
    return new Visible(true, Optional.empty());
  }

  /** Without it. */
  public static Visible withoutPrivate(Optional<StreamType> stream) {
    return new Visible(false, stream.map(StreamType::root));
  }

  /** The fields without those that are private, or that the stream does not declare. */
  JsonNode of(JsonNode fields) {
    JsonNode copy = fields.deepCopy();
    if (!all && copy instanceof ObjectNode object) {
      known.ifPresentOrElse(type -> mask(object, type), object::removeAll);
    }
    return copy;
  }

  private static void mask(ObjectNode object, StructType type) {
    Set<String> shown =
        type.fields().stream()
            .filter(field -> !field.hidden())
            .map(StructType.Field::name)
            .collect(Collectors.toSet());
    object.retain(shown);
    for (StructType.Field field : type.fields()) {
      JsonNode value = object.path(field.name());
      switch (field.type()) {
        case StructType nested -> maskIn(value, nested);
        case Type.ListOf(StructType element) -> maskIn(value, element);
        case Type.ListOf ignored -> {}
        case Type.Basic ignored -> {}
        case Type.MapOf ignored -> {}
        case Type.EnumOf ignored -> {}
        case Type.Vector ignored -> {}
      }
    }
  }

  private static void maskIn(JsonNode value, StructType type) {
    switch (value) {
      case ObjectNode object -> mask(object, type);
      case ArrayNode array -> array.forEach(element -> maskIn(element, type));
      default -> {}
    }
  }
}
