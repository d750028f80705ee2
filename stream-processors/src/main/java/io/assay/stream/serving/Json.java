package io.assay.stream.serving;

import java.nio.ByteBuffer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How bodies are parsed, and events written. NaN is read: Python's servers write it. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(200).build())
                  .build())
          .build();

  private static final ObjectReader OPENING =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** An object, and the bytes behind it. */
  record Opened(ObjectNode object, ByteBuffer rest) {}

  static Opened open(byte[] bytes) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      JsonNode node = OPENING.readTree(parser);
      if (!(node instanceof ObjectNode object)) {
        throw new UnreadablePayload(
            "needed a JSON object, came " + (bytes.length == 0 ? "nothing" : "something else"));
      }
      int end = (int) parser.currentLocation().getByteOffset();
      if (end < 0) {
        // Jackson reads UTF-16, too, but then does not know where in the bytes it is.
        throw new UnreadablePayload("needed JSON in UTF-8, came another encoding");
      }
      return new Opened(object, ByteBuffer.wrap(bytes, end, bytes.length - end).slice());
    }
  }

  static String text(ObjectNode object, String name) {
    JsonNode node = object.get(name);
    return node == null || node.isNull() || node.isContainer() ? "" : node.asString();
  }

  static ObjectNode objectOf(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : MAPPER.createObjectNode();
  }
}
