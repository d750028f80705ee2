package io.assay.assertion.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON object into a {@link Row}, passing over all that nothing reads. */
final class RowReader implements ValueReader.OfReference {
  private final StructType type;
  private final int primitives;
  private final int references;
  private final Node paths = new Node();
  private final List<StructType.Field> required = new ArrayList<>();

  /**
   * @param prefix of the fields' dotted paths, with its dot, or empty
   * @param reads the paths to keep; one keeps also what lies beneath it only if that is named too
   */
  RowReader(
      StructType type, String prefix, Set<String> reads, Optional<StreamType.ImageSize> size) {
    this.type = type;
    this.primitives = type.primitives();
    this.references = type.references();
    for (StructType.Field field : type.fields()) {
      String path = prefix + field.name();
      if (reads.contains(path) || reads.stream().anyMatch(read -> read.startsWith(path + "."))) {
        ValueReader reader = reader(field.type(), field.source().reading(), path, reads, size);
        paths.at(field.source().path()).targets.add(new Target(field, reader));
        if (!field.optional()) {
          required.add(field);
        }
      }
    }
  }

  private static ValueReader reader(
      Type type,
      StructType.Reading reading,
      String path,
      Set<String> reads,
      Optional<StreamType.ImageSize> size) {
    return switch (type) {
      case Type.Basic basic when basic.isPrimitive() -> NumberReaders.of(basic, reading);
      case Type.Basic basic ->
          ReferenceReaders.of(
              basic,
              new BoxReader(basic == Type.Basic.RECT ? reading : StructType.Reading.PLAIN, size));
      case Type.EnumOf values -> ReferenceReaders.oneOf(values);
      case Type.Vector vector -> ReferenceReaders.vector(vector.dimension());
      case Type.ListOf list ->
          ReferenceReaders.list(reader(list.element(), reading, path, reads, size), list.element());
      case Type.MapOf map ->
          ReferenceReaders.map(reader(map.value(), reading, path, reads, size), map);
      case StructType struct -> new RowReader(struct, path + ".", reads, size);
    };
  }

  @Override
  public @Nullable Object read(JsonParser parser, Decoding decoding) {
    Row row = new Row(type, primitives, references);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      decoding.wrong("an object", parser);
      decoding.takeFailed();
      required.forEach(field -> row.mark(field, Row.INVALID));
      return row;
    }
    readObject(paths, row, parser, decoding);
    for (StructType.Field field : required) {
      if (row.state(field.index()) == Row.ABSENT) {
        decoding.enter(field.name());
        decoding.problem("a value", "nothing");
        decoding.leave();
      }
    }
    decoding.takeFailed();
    return row;
  }

  private static void readObject(Node node, Row row, JsonParser parser, Decoding decoding) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      readChild(node.children.get(name), row, parser, decoding);
    }
  }

  private static void readList(Node node, Row row, JsonParser parser, Decoding decoding) {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      readChild(node.places.get(i), row, parser, decoding);
    }
  }

  private static void readChild(
      @Nullable Node child, Row row, JsonParser parser, Decoding decoding) {
    if (child == null || parser.currentToken() == JsonToken.VALUE_NULL) {
      parser.skipChildren();
    } else if (child.targets.size() + (child.isLeaf() ? 0 : 1) > 1) {
      readSeveral(child, row, parser, decoding);
    } else if (child.isLeaf()) {
      child.targets.getFirst().read(row, parser, decoding);
    } else {
      descend(child, row, parser, decoding);
    }
  }

  private static void descend(Node node, Row row, JsonParser parser, Decoding decoding) {
    switch (Objects.requireNonNull(parser.currentToken())) {
      case START_OBJECT -> readObject(node, row, parser, decoding);
      case START_ARRAY -> {
        if (node.places.isEmpty()) {
          parser.skipChildren();
        } else {
          readList(node, row, parser, decoding);
        }
      }
      default -> parser.skipChildren();
    }
  }

  /** One value that several fields are made of is parsed once for each. */
  private static void readSeveral(Node node, Row row, JsonParser parser, Decoding decoding) {
    int base = decoding.base();
    int start = base + (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int length = base + (int) parser.currentLocation().getByteOffset() - start;
    decoding.base(start);
    for (Target target : node.targets) {
      try (JsonParser again = Json.parser(decoding.payload(), start, length)) {
        again.nextToken();
        target.read(row, again, decoding);
      }
    }
    if (!node.isLeaf()) {
      try (JsonParser again = Json.parser(decoding.payload(), start, length)) {
        again.nextToken();
        descend(node, row, again, decoding);
      }
    }
    decoding.base(base);
  }

  /** A name within an object, or a place in a list: what is read of it, and what lies beneath. */
  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    final Map<Integer, Node> places = new HashMap<>();
    final List<Target> targets = new ArrayList<>(1);

    Node at(List<String> path) {
      Node node = this;
      for (String step : path) {
        OptionalInt place = StructType.Source.placeOf(step);
        node =
            place.isPresent()
                ? node.places.computeIfAbsent(place.getAsInt(), ignored -> new Node())
                : node.children.computeIfAbsent(step, ignored -> new Node());
      }
      return node;
    }

    boolean isLeaf() {
      return children.isEmpty() && places.isEmpty();
    }
  }

  /** A field and how it is read. */
  private record Target(StructType.Field field, ValueReader reader) {
    void read(Row row, JsonParser parser, Decoding decoding) {
      decoding.enter(field.name());
      boolean again = row.state(field.index()) != Row.ABSENT;
      switch (reader) {
        case ValueReader.OfBits bits -> row.setLong(field, bits.read(parser, decoding));
        case ValueReader.OfReference reference -> {
          @Nullable Object value = reference.read(parser, decoding);
          if (value != null) {
            row.setReference(field, value);
          }
        }
      }
      if (again) {
        decoding.problem("one value", "a second one of the same name");
      }
      if (decoding.takeFailed()) {
        row.mark(field, Row.INVALID);
      }
      decoding.leave();
    }
  }
}
