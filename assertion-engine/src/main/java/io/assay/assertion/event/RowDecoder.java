package io.assay.assertion.event;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads JSON objects as a type says, whatever of its fields came. Immutable, for any number of
 * threads.
 */
public final class RowDecoder {
  private final RowReader reader;

  private RowDecoder(RowReader reader) {
    this.reader = reader;
  }

  /** What became of a payload. */
  public sealed interface Read {
    /**
     * An object.
     *
     * @param problems values that are not as declared, and required ones that are missing
     */
    record Came(Row row, List<Event.Problem> problems) implements Read {}

    /** No JSON object; {@code detail}: what was needed, what came, where. */
    record Broken(String detail) implements Read {}
  }

  /** Keeps all fields, those of records and lists within too. */
  public static RowDecoder of(StructType type) {
    Set<String> all = new HashSet<>();
    addPaths(type, "", all);
    return of(type, all, Optional.empty());
  }

  private static void addPaths(Type type, String path, Set<String> all) {
    switch (type) {
      case StructType struct -> {
        String prefix = path.isEmpty() ? "" : path + ".";
        struct.fields().forEach(field -> addPaths(field.type(), prefix + field.name(), all));
      }
      case Type.ListOf list -> addPaths(list.element(), path, all);
      case Type.MapOf map -> addPaths(map.value(), path, all);
      case Type.Basic ignored -> {}
      case Type.EnumOf ignored -> {}
      case Type.Vector ignored -> {}
    }
    if (!path.isEmpty()) {
      all.add(path);
    }
  }

  /**
   * @param reads dotted paths of the fields to keep
   */
  static RowDecoder of(StructType type, Set<String> reads, Optional<StreamType.ImageSize> size) {
    return new RowDecoder(new RowReader(type, "", reads, size));
  }

  public Read read(byte[] payload) {
    Decoding decoding = new Decoding(payload);
    try (JsonParser parser = Json.parser(payload, 0, payload.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Read.Broken("needed a JSON object, came " + came(parser) + " at byte 0");
      }
      Row row = (Row) Objects.requireNonNull(reader.read(parser, decoding));
      if (parser.nextToken() != null) {
        return new Read.Broken(
            "needed the end after the JSON object, came "
                + came(parser)
                + " at byte "
                + parser.currentTokenLocation().getByteOffset());
      }
      return new Read.Came(row, decoding.problems());
    } catch (JacksonException e) {
      return new Read.Broken(firstLine(e.getOriginalMessage()) + where(e.getLocation()));
    }
  }

  private static String where(@Nullable TokenStreamLocation location) {
    return location == null ? "" : " at byte " + location.getByteOffset();
  }

  private static String came(JsonParser parser) {
    return parser.currentToken() == null ? "nothing" : Decoding.describe(parser);
  }

  /** What the parser says, without where it thinks its text came from. */
  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    int origin = line.indexOf(" (start marker at");
    return origin < 0 ? line : line.substring(0, origin);
  }
}
