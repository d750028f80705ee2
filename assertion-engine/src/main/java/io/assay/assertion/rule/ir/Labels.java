package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.StructType.Draft;
import io.assay.assertion.event.StructType.Field;
import io.assay.assertion.event.StructType.Reading;
import io.assay.assertion.event.StructType.Source;
import io.assay.assertion.event.Type;
import java.util.List;
import java.util.Optional;

/**
 * What people say, in the form of the stream of which they say it: labels have its fields. People
 * do not say all that a model does, a score above all, so only key and time must be there.
 */
public final class Labels {
  /** What rules call them. */
  public static final String NAME = "labels";

  private Labels() {}

  /** Whether these are labels, and not a stream of one's own of that name. */
  public static boolean are(StreamType stream) {
    return stream.name().equals(NAME) && stream.topic().isEmpty();
  }

  /** The labels of a stream's events. */
  public static StreamType of(StreamType stream) {
    return written(stream, NAME, "");
  }

  /**
   * A stream whose events are written as labels are: each field by its own name, the time in epoch
   * milliseconds, rectangles as x, y, width, height in pixels.
   */
  public static StreamType asWritten(StreamType stream) {
    return written(stream, stream.name(), stream.topic());
  }

  private static StreamType written(StreamType stream, String name, String topic) {
    StructType root = struct(stream.root(), name, stream);
    return new StreamType(
        name,
        topic,
        root,
        own(root, stream.key()),
        own(root, stream.time()),
        stream.id().map(field -> own(root, field)),
        stream.media().map(field -> own(root, field)),
        stream.size(),
        Optional.empty(),
        stream.version().map(field -> own(root, field)),
        0);
  }

  private static Field own(StructType root, Field field) {
    return root.field(field.name()).orElseThrow();
  }

  private static StructType struct(StructType of, String name, StreamType stream) {
    List<Draft> drafts =
        of.fields().stream()
            .map(
                field -> {
                  boolean needed = field.equals(stream.key()) || field.equals(stream.time());
                  boolean time = field.equals(stream.time());
                  Reading reading = time ? Reading.EPOCH_MILLIS : Reading.PLAIN;
                  return new Draft(
                      field.name(),
                      type(field.type(), name + "." + field.name(), stream),
                      !needed,
                      field.hidden(),
                      new Source(List.of(field.name()), reading));
                })
            .toList();
    return StructType.of(name, drafts);
  }

  private static Type type(Type of, String name, StreamType stream) {
    return switch (of) {
      case StructType nested -> struct(nested, name, stream);
      case Type.ListOf(Type element) -> new Type.ListOf(type(element, name, stream));
      case Type.Basic ignored -> of;
      case Type.MapOf ignored -> of;
      case Type.EnumOf ignored -> of;
      case Type.Vector ignored -> of;
    };
  }
}
