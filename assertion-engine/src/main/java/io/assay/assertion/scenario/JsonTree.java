package io.assay.assertion.scenario;

import io.assay.assertion.event.Cuboid;
import io.assay.assertion.event.Rect;
import io.assay.assertion.event.StreamType.ImageSize;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A payload as the stream's users would send it: the inverse of decoding, so that tests go through
 * mapping and decoder as live events do.
 */
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Stands in a list before a place that is given; written as null. */
  private enum Nothing {
    NOTHING
  }

  private final StructType type;
  private final Optional<ImageSize> size;
  private final Map<String, Object> root = new LinkedHashMap<>();

  JsonTree(StructType type, Optional<ImageSize> size) {
    this.type = type;
    this.size = size;
  }

  /**
   * Puts a field's value where the mapping will look for it.
   *
   * @param name dotted where the field is in a nested record
   * @param value as constants have it
   * @throws IllegalArgumentException if there is no such field
   */
  void put(String name, Object value) {
    StructType struct = type;
    Object object = root;
    String[] names = name.split("\\.");
    for (int i = 0; ; i++) {
      String part = names[i];
      String owner = struct.name();
      StructType.Field field =
          struct
              .field(part)
              .orElseThrow(
                  () -> new IllegalArgumentException(owner + " has no field '" + part + "'"));
      List<String> path = field.source().path();
      for (int step = 0; step < path.size() - 1; step++) {
        object = child(object, path.get(step), isPlace(path.get(step + 1)));
      }
      if (i == names.length - 1) {
        put(object, path.getLast(), json(field.type(), field.source().reading(), value));
        return;
      }
      if (!(field.type() instanceof StructType nested)) {
        throw new IllegalArgumentException("'" + part + "' of '" + name + "' is no record");
      }
      object = child(object, path.getLast(), false);
      struct = nested;
    }
  }

  private static boolean isPlace(String step) {
    return Source.placeOf(step).isPresent();
  }

  /** The object or list under a step; made where nothing is there yet. */
  private static Object child(Object parent, String step, boolean list) {
    Object child = get(parent, step);
    if (child instanceof Nothing) {
      child = list ? new ArrayList<Object>() : new LinkedHashMap<String, Object>();
      put(parent, step, child);
    }
    return child;
  }

  private static Object get(Object parent, String step) {
    if (parent instanceof List<?> list) {
      int place = Source.placeOf(step).orElseThrow();
      return place < list.size() ? list.get(place) : Nothing.NOTHING;
    }
    Object found = ((Map<?, ?>) parent).get(step);
    return found == null ? Nothing.NOTHING : found;
  }

  @SuppressWarnings("unchecked") // only this class fills the lists and maps
  private static void put(Object parent, String step, Object value) {
    if (parent instanceof List<?>) {
      var list = (List<Object>) parent;
      int place = Source.placeOf(step).orElseThrow();
      while (list.size() <= place) {
        list.add(Nothing.NOTHING);
      }
      list.set(place, value);
    } else {
      ((Map<String, Object>) parent).put(step, value);
    }
  }

  private Object json(Type wanted, Reading reading, Object value) {
    return switch (wanted) {
      case Type.Basic.TIMESTAMP -> time(reading, (Long) value);
      case Type.Basic.DURATION -> value + "ns";
      case Type.Basic.RECT -> box(reading, (Rect) value);
      case Type.Basic.CUBOID -> cuboid((Cuboid) value);
      case Type.Basic.BYTES -> base64((ByteBuffer) value);
      case Type.Basic ignored -> value;
      case Type.EnumOf ignored -> value;
      case Type.Vector ignored -> vector(value);
      case Type.ListOf list -> list(list.element(), reading, (List<?>) value);
      case Type.MapOf map -> map(map.value(), reading, (Map<?, ?>) value);
      case StructType struct -> object(struct, (Map<?, ?>) value);
    };
  }

  private static Object vector(Object value) {
    return value instanceof double[] numbers ? Arrays.stream(numbers).boxed().toList() : value;
  }

  private Object list(Type element, Reading reading, List<?> values) {
    List<Object> out = new ArrayList<>();
    values.forEach(value -> out.add(json(element, reading, value)));
    return out;
  }

  private Object map(Type valueType, Reading reading, Map<?, ?> values) {
    Map<String, Object> out = new LinkedHashMap<>();
    values.forEach((key, value) -> out.put(key.toString(), json(valueType, reading, value)));
    return out;
  }

  private Object object(StructType struct, Map<?, ?> values) {
    var tree = new JsonTree(struct, size);
    values.forEach((name, value) -> tree.put(name.toString(), value));
    return tree.root;
  }

  private static Object time(Reading reading, long nanos) {
    int places =
        switch (reading) {
          case EPOCH_SECONDS -> 9;
          case EPOCH_MILLIS -> 6;
          case EPOCH_MICROS -> 3;
          case EPOCH_NANOS -> 0;
          default -> -1;
        };
    return places < 0
        ? Instant.ofEpochSecond(0, nanos).toString()
        : new BigDecimal(BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString());
  }

  private Object box(Reading reading, Rect r) {
    double width = 1;
    double height = 1;
    if (isShare(reading)) {
      width = size.orElseThrow().width();
      height = size.orElseThrow().height();
    }
    double x = r.x() / width;
    double y = r.y() / height;
    double w = r.width() / width;
    double h = r.height() / height;
    return switch (reading) {
      case XYXY, XYXY_NORMALISED -> List.of(x, y, x + w, y + h);
      case CENTRE, CENTRE_NORMALISED -> List.of(x + w / 2, y + h / 2, w, h);
      default -> List.of(x, y, w, h);
    };
  }

  private static boolean isShare(Reading reading) {
    return switch (reading) {
      case NORMALISED, XYXY_NORMALISED, CENTRE_NORMALISED -> true;
      default -> false;
    };
  }

  private static Object cuboid(Cuboid c) {
    return List.of(c.x(), c.y(), c.z(), c.height(), c.width(), c.length(), c.yaw());
  }

  private static Object base64(ByteBuffer value) {
    ByteBuffer bytes = value.duplicate();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(json, root);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> object -> {
        json.writeStartObject();
        object.forEach(
            (name, inner) -> {
              json.writeName(name.toString());
              write(json, inner);
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(inner -> write(json, inner));
        json.writeEndArray();
      }
      case Nothing ignored -> json.writeNull();
      case Boolean truth -> json.writeBoolean(truth);
      case Long whole -> json.writeNumber(whole);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      default -> json.writeString(value.toString());
    }
  }
}
