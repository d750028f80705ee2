package io.assay.imports;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Field;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of a stream's fields take what people draw: the first list with a rectangle takes boxes;
 * there the field called as labels usually are, or else the first enum, takes the label, the one
 * called as identities are takes the track; all others take attributes of their name.
 */
public final class LabelFields {
  private static final Set<String> LABELS =
      Set.of("label", "class", "class_name", "category", "kind", "type", "name");

  private static final Set<String> TRACKS =
      Set.of("track", "track_id", "id", "identity", "object", "object_id", "instance_id");

  private static final Set<String> FRAMES =
      Set.of("frame", "frame_id", "frame_index", "frame_number");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final StreamType stream;
  private final Field boxes;
  private final Field area;
  private final Optional<Field> label;
  private final Optional<Field> track;
  private final List<Field> others = new ArrayList<>();

  private LabelFields(StreamType stream, Field boxes, StructType element, Field area) {
    this.stream = stream;
    this.boxes = boxes;
    this.area = area;
    this.label =
        element.fields().stream()
            .filter(field -> LABELS.contains(field.name()) && isName(field.type()))
            .findFirst()
            .or(
                () ->
                    element.fields().stream()
                        .filter(field -> field.type() instanceof Type.EnumOf)
                        .findFirst());
    this.track =
        element.fields().stream()
            .filter(field -> TRACKS.contains(field.name()))
            .filter(field -> isName(field.type()) || field.type() == Basic.INT)
            .findFirst();
    for (Field field : element.fields()) {
      boolean taken = field.equals(area) || label.filter(field::equals).isPresent();
      if (!taken && track.filter(field::equals).isEmpty()) {
        others.add(field);
      }
    }
  }

  private static boolean isName(Type type) {
    return type == Basic.STRING || type instanceof Type.EnumOf;
  }

  /**
   * Of a stream whose fields are written plainly.
   *
   * @return nothing where it has no list with a rectangle
   */
  public static Optional<LabelFields> of(StreamType stream) {
    for (Field field : stream.root().fields()) {
      if (field.type() instanceof Type.ListOf(StructType element)) {
        for (Field inner : element.fields()) {
          if (inner.type() == Basic.RECT) {
            return Optional.of(new LabelFields(stream, field, element, inner));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A frame as an event.
   *
   * @param key of its series
   * @param at epoch milliseconds
   */
  public byte[] event(LabelledFrame frame, String key, long at) {
    ObjectNode event = JSON.createObjectNode();
    for (Field field : stream.root().fields()) {
      if (FRAMES.contains(field.name()) && field.type() == Basic.INT) {
        event.put(field.name(), frame.frame());
      }
    }
    frame.media().ifPresent(name -> stream.media().ifPresent(to -> event.put(to.name(), name)));
    stream
        .id()
        .filter(id -> id.type() == Basic.STRING)
        .ifPresent(id -> event.put(id.name(), key + "/" + frame.frame()));
    put(event, stream.key(), key);
    event.put(stream.time().name(), at);
    var list = event.putArray(boxes.name());
    frame.boxes().forEach(box -> box(list.addObject(), box));
    return JSON.writeValueAsBytes(event);
  }

  private void box(ObjectNode to, LabelledBox box) {
    to.putArray(area.name()).add(box.x()).add(box.y()).add(box.width()).add(box.height());
    label.ifPresent(field -> box.label().ifPresent(text -> put(to, field, text)));
    track.ifPresent(field -> box.track().ifPresent(text -> put(to, field, text)));
    for (Field field : others) {
      JsonNode value = box.attributes().get(field.name());
      if (value != null) {
        to.set(field.name(), typed(field.type(), value));
      }
    }
  }

  /** Tools say numbers and truths as texts: as such where the field takes them. */
  private static JsonNode typed(Type type, JsonNode value) {
    boolean number = type == Basic.INT || type.isFloating();
    if (value.isString() && (number || type == Basic.BOOL)) {
      try {
        JsonNode read = JSON.readTree(value.asString(""));
        return (number ? read.isNumber() : read.isBoolean()) ? read : value;
      } catch (JacksonException noValue) {
        return value;
      }
    }
    return value;
  }

  /** A number where the field takes one and the text is one. */
  private static void put(ObjectNode to, Field field, String text) {
    if (field.type() == Basic.INT && text.matches("-?[0-9]{1,18}")) {
      to.put(field.name(), Long.parseLong(text));
    } else {
      to.put(field.name(), text);
    }
  }
}
