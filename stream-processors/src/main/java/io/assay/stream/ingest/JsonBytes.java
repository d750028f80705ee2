package io.assay.stream.ingest;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Parses bodies as the engine parses payloads: UTF-8, so that offsets are bytes. */
public final class JsonBytes {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonBytes() {}

  public static JsonParser parser(byte[] body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body);
  }

  /** Where the token at hand begins. */
  public static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /** Goes over the value at hand, and says where it ends. */
  public static int skip(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      parser.finishToken();
    }
    parser.skipChildren();
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }

  /** What is wrong, and where. */
  public static String why(JacksonException broken) {
    String message = Objects.requireNonNullElse(broken.getOriginalMessage(), "no JSON");
    int end = message.indexOf('\n');
    long at = broken.getLocation() == null ? 0 : broken.getLocation().getByteOffset();
    return "%s at byte %d".formatted(end < 0 ? message : message.substring(0, end), at);
  }
}
