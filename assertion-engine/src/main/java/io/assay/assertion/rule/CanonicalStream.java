package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A stream, and how what is read of it is found, as texts. */
final class CanonicalStream {
  private CanonicalStream() {}

  static List<String> of(StreamType stream, Collection<String> reads) {
    var parts = new ArrayList<String>();
    parts.add(stream.name());
    parts.add(field(stream.key()));
    parts.add(field(stream.time()));
    parts.add(stream.id().map(CanonicalStream::field).orElse(""));
    parts.add(stream.size().map(Object::toString).orElse(""));
    parts.add(Long.toString(stream.latenessNanos()));
    new TreeSet<>(reads).forEach(path -> parts.add(path + " " + read(stream.root(), path)));
    return parts;
  }

  /** The declared fields along a path, the outermost first. */
  private static String read(StructType root, String path) {
    var text = new StringBuilder();
    Type type = root;
    for (String name : path.split("\\.", -1)) {
      Optional<StructType.Field> field =
          type instanceof StructType struct ? struct.field(name) : Optional.empty();
      if (field.isEmpty()) {
        break;
      }
      text.append(field(field.get())).append('/');
      type = field.get().type() instanceof Type.ListOf list ? list.element() : field.get().type();
    }
    return text.toString();
  }

  private static String field(StructType.Field field) {
    return "%s %s%s %s %s"
        .formatted(
            field.name(),
            type(field.type()),
            field.optional() ? "?" : "",
            field.source().path(),
            field.source().reading());
  }

  /** The fields of a record are read one by one, each with a path of its own. */
  private static String type(Type type) {
    return switch (type) {
      case Type.EnumOf values -> "enum" + values.values() + values.alike();
      case StructType ignored -> "record";
      case Type.ListOf list -> "list of " + type(list.element());
      case Type.MapOf map -> "map of " + type(map.key()) + " to " + type(map.value());
      case Type.Vector vector -> "vector " + vector.dimension();
      case Type.Basic basic -> basic.name();
    };
  }
}
