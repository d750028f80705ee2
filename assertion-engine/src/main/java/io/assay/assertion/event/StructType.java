package io.assay.assertion.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of an event, of a list's elements, or of a nested record.
 *
 * <p>Slots are given in declaration order: primitive fields count up among the {@code long} slots,
 * all others among the references.
 *
 * @param name what messages call it: {@code camera}, {@code camera.boxes}
 */
public record StructType(String name, List<Field> fields) implements Type {

  public StructType {
    fields = List.copyOf(fields);
    int primitives = 0;
    int references = 0;
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      int slot = field.type().isPrimitive() ? primitives++ : references++;
      if (field.index() != i || field.slot() != slot) {
        throw new IllegalArgumentException(
            "field %s.%s needs index %d and slot %d, got %d and %d"
                .formatted(name, field.name(), i, slot, field.index(), field.slot()));
      }
    }
  }

  /**
   * One field.
   *
   * @param index its place among the fields
   * @param slot its place among the primitives, or among the references
   * @param optional whether null and absent are allowed; they are the same
   * @param hidden declared {@code private}: masked for those without the right
   * @param source where the value is found in a payload
   */
  public record Field(
      String name,
      Type type,
      int index,
      int slot,
      boolean optional,
      boolean hidden,
      Source source) {}

  /**
   * Where a field's value is found in the user's JSON, and how it is to be read.
   *
   * @param path names from the enclosing object downwards, and between them places in lists as
   *     {@link #place} writes them; it begins with a name
   * @param reading the convention of the value
   */
  public record Source(List<String> path, Reading reading) {
    private static final Pattern PLACE = Pattern.compile("\\[(0|[1-9][0-9]{0,4})]");

    public Source {
      path = List.copyOf(path);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("a field's path needs one name or more");
      }
    }

    /** The step to an element of a list, from 0. */
    public static String place(int index) {
      return "[" + index + "]";
    }

    /** Which element of a list a step leads to; none where it is a name. */
    public static OptionalInt placeOf(String step) {
      Matcher place = PLACE.matcher(step);
      return place.matches()
          ? OptionalInt.of(Integer.parseInt(place.group(1)))
          : OptionalInt.empty();
    }

    /** As people write it: {@code inputs.x[2]}. */
    public String text() {
      var text = new StringBuilder(path.getFirst());
      for (String step : path.subList(1, path.size())) {
        text.append(placeOf(step).isPresent() ? step : "." + step);
      }
      return text.toString();
    }
  }

  /** How a JSON value becomes a value of the declared type. */
  public enum Reading {
    /** As the type says; a timestamp is RFC 3339, a rect is [x, y, width, height]. */
    PLAIN,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    EPOCH_MICROS,
    EPOCH_NANOS,
    /** [x1, y1, x2, y2]. */
    XYXY,
    /** [centre x, centre y, width, height]. */
    CENTRE,
    /** [x, y, width, height] as shares of the stream's image size. */
    NORMALISED,
    /** [x1, y1, x2, y2] as shares of the stream's image size. */
    XYXY_NORMALISED,
    /** [centre x, centre y, width, height] as shares of the stream's image size. */
    CENTRE_NORMALISED
  }

  public Optional<Field> field(String wanted) {
    for (Field field : fields) {
      if (field.name().equals(wanted)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** Numbers the slots of fields given in order. */
  public static StructType of(String name, List<Draft> drafts) {
    var fields = new java.util.ArrayList<Field>();
    int primitives = 0;
    int references = 0;
    for (Draft draft : drafts) {
      int slot = draft.type().isPrimitive() ? primitives++ : references++;
      fields.add(
          new Field(
              draft.name(),
              draft.type(),
              fields.size(),
              slot,
              draft.optional(),
              draft.hidden(),
              draft.source()));
    }
    return new StructType(name, fields);
  }

  /** A field before its slot is known. */
  public record Draft(String name, Type type, boolean optional, boolean hidden, Source source) {}

  /** How many {@code long} slots a row needs. */
  public int primitives() {
    return slots(true);
  }

  /** How many reference slots a row needs. */
  public int references() {
    return slots(false);
  }

  private int slots(boolean primitive) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      Field field = fields.get(i);
      if (field.type().isPrimitive() == primitive) {
        return field.slot() + 1;
      }
    }
    return 0;
  }
}
