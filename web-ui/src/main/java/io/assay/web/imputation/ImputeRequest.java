package io.assay.web.imputation;

import io.assay.web.system.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records whose gaps are to be filled.
 *
 * @param records as events of the stream have them; changed where they are filled
 * @param least below this confidence the imputer is to abstain, 0 to 1
 */
record ImputeRequest(String stream, List<ObjectNode> records, double least) {
  static final int MOST_BYTES = 1 << 20;
  static final int MOST_RECORDS = 1000;

  private static final Set<String> NAMES = Set.of("stream", "records", "least");

  /** Numbers stay as they were written. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  ImputeRequest {
    records = List.copyOf(records);
  }

  /**
   * @throws Refused of a body that is none, with what was needed
   */
  static ImputeRequest read(byte[] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException broken) {
      throw bad("the body is not JSON: " + broken.getOriginalMessage());
    }
    if (!(root instanceof ObjectNode object)) {
      throw bad("the body needs to be an object with stream and records");
    }
    for (String name : object.propertyNames()) {
      if (!NAMES.contains(name)) {
        throw bad("unknown name '%s'; known are stream, records, least".formatted(name));
      }
    }
    JsonNode stream = object.path("stream");
    if (!stream.isString()) {
      throw bad("stream needs to be a name, got " + told(stream));
    }
    return new ImputeRequest(stream.asString(), records(object.path("records")), least(object));
  }

  private static List<ObjectNode> records(JsonNode given) {
    if (!given.isArray() || given.isEmpty()) {
      throw bad("records needs to be a list of one object or more, got " + told(given));
    }
    if (given.size() > MOST_RECORDS) {
      throw new Refused(
          HttpStatus.CONTENT_TOO_LARGE,
          "a request has at most %d records, got %d; send several"
              .formatted(MOST_RECORDS, given.size()));
    }
    List<ObjectNode> records = new ArrayList<>();
    for (JsonNode one : given) {
      if (!(one instanceof ObjectNode record)) {
        throw bad("record %d needs to be an object, got %s".formatted(records.size(), told(one)));
      }
      records.add(record);
    }
    return records;
  }

  private static double least(ObjectNode object) {
    JsonNode least = object.path("least");
    if (least.isMissingNode()) {
      return 0;
    }
    if (!least.isNumber() || !(least.asDouble() >= 0 && least.asDouble() <= 1)) {
      throw bad("least needs a confidence of 0 to 1, got " + told(least));
    }
    return least.asDouble();
  }

  private static String told(JsonNode given) {
    if (given.isMissingNode()) {
      return "nothing";
    }
    String text = given.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  static Refused bad(String why) {
    return new Refused(HttpStatus.BAD_REQUEST, why);
  }
}
