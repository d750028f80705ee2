package io.assay.assertion.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is filled into the gaps of a group of fields, and how an event says so: by a field of its
 * own that has a record for each field that was missing.
 *
 * <p>What has such a record counts as missing, whatever stands in its place: a guess is no
 * observation. So an event that was completed is judged as the one it was made of.
 *
 * @param group the field whose fields have gaps; a record
 * @param provenance the field that says what was filled in; a record with those of {@link #parts}
 */
public record Imputed(StructType.Field group, StructType.Field provenance) {
  /** How the provenance is called. */
  public static final String NAME = "imputed";

  /** What was filled in; nothing where the imputer was not sure enough to. */
  public static final String VALUE = "value";

  /** How probable it is that it is right, 0 to 1. */
  public static final String CONFIDENCE = "confidence";

  /** From which fields it was taken, as shares by name. */
  public static final String ATTENTION = "attention";

  /** Whether gaps of such a field can be filled: numbers, texts, and yes or no. */
  public static boolean canFill(Type type) {
    return switch (type) {
      case Type.EnumOf ignored -> true;
      case Type.Basic basic ->
          switch (basic) {
            case BOOL, STRING, INT, DOUBLE, RATIO, LENGTH, PIXELS, TIMESTAMP, DURATION -> true;
            case UINT, BYTES, RECT, CUBOID, NULL, TYPE, DYN, UNKNOWN -> false;
          };
      case Type.ListOf ignored -> false;
      case Type.MapOf ignored -> false;
      case Type.Vector ignored -> false;
      case StructType ignored -> false;
    };
  }

  /** What the provenance says of a field of such a type. */
  public static List<StructType.Draft> parts(StructType.Field of) {
    return List.of(
        part(VALUE, of.type(), of.hidden(), of.source().reading()),
        part(CONFIDENCE, Type.Basic.RATIO, false, StructType.Reading.PLAIN),
        part(
            ATTENTION,
            new Type.MapOf(Type.Basic.STRING, Type.Basic.DOUBLE),
            false,
            StructType.Reading.PLAIN));
  }

  private static StructType.Draft part(
      String name, Type type, boolean hidden, StructType.Reading reading) {
    return new StructType.Draft(
        name, type, true, hidden, new StructType.Source(List.of(name), reading));
  }

  /** The fields of the group. */
  public StructType fields() {
    return (StructType) group.type();
  }

  /** The field that holds what is said of a field of the group, where it can be filled. */
  public Optional<StructType.Field> of(StructType.Field field) {
    return said().field(field.name());
  }

  private StructType said() {
    return (StructType) provenance.type();
  }

  /** The values of the group; null where the event has none, which is no gap. */
  public @Nullable Row group(Row root) {
    return root.state(group.index()) == Row.PRESENT ? (Row) root.getReference(group.slot()) : null;
  }

  /**
   * Takes back what was filled in.
   *
   * @return of required fields that they are missing
   */
  List<Event.Problem> takeBack(Row root) {
    Row values = group(root);
    Object said =
        root.state(provenance.index()) == Row.PRESENT ? root.getReference(provenance.slot()) : null;
    if (values == null || !(said instanceof Row filled)) {
      return List.of();
    }
    List<Event.Problem> missing = new ArrayList<>(0);
    for (StructType.Field field : fields().fields()) {
      Optional<StructType.Field> of = of(field);
      if (of.isPresent()
          && filled.state(of.get().index()) == Row.PRESENT
          && values.state(field.index()) != Row.ABSENT) {
        values.mark(field, Row.ABSENT);
        if (!field.optional()) {
          missing.add(new Event.Problem(group.name() + "." + field.name(), "a value", "nothing"));
        }
      }
    }
    return missing;
  }
}
