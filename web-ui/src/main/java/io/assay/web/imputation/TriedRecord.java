package io.assay.web.imputation;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.system.GivenTime;
import io.assay.web.system.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A record that a person types in to see what an imputer makes of it. */
final class TriedRecord {
  static final String PREFIX = "value.";

  private TriedRecord() {}

  /**
   * What was filled in.
   *
   * @param looked fields that were looked at, the most first
   */
  record Filled(
      String field,
      String value,
      double confidence,
      @Nullable Double low,
      @Nullable Double high,
      List<Share> looked,
      List<Share> candidates) {}

  /** A field or a value, and its share of all. */
  record Share(String name, double share) {}

  /**
   * As an event of the stream has it, but without what is missing.
   *
   * @throws Refused of a text that is no number, or no time, where one is needed
   */
  static ObjectNode of(ImputedStream stream, Map<String, String> given) {
    ObjectNode event = ImputeRequest.JSON.createObjectNode();
    ObjectNode group = at(event, stream.group().source().path());
    for (StructType.Field field : stream.fields().fields()) {
      String text = given.getOrDefault(PREFIX + field.name(), "").strip();
      if (!text.isEmpty()) {
        List<String> path = field.source().path();
        at(group, path.subList(0, path.size() - 1)).set(path.getLast(), value(field, text));
      }
    }
    return event;
  }

  private static ObjectNode at(ObjectNode from, List<String> path) {
    ObjectNode at = from;
    for (String step : path) {
      at = at.withObjectProperty(step);
    }
    return at;
  }

  private static JsonNode value(StructType.Field field, String text) {
    var nodes = ImputeRequest.JSON.getNodeFactory();
    if (!(field.type() instanceof Type.Basic basic)) {
      return nodes.stringNode(text);
    }
    return switch (basic) {
      case BOOL -> nodes.booleanNode(isTrue(field, text));
      case INT, UINT, DOUBLE, RATIO, LENGTH, PIXELS -> nodes.numberNode(number(field, text));
      case TIMESTAMP -> time(field, text);
      case STRING, BYTES, DURATION, RECT, CUBOID, NULL, TYPE, DYN, UNKNOWN ->
          nodes.stringNode(text);
    };
  }

  /** As the stream's events write it. */
  private static JsonNode time(StructType.Field field, String text) {
    Instant at;
    try {
      at = GivenTime.parse(text);
    } catch (DateTimeException none) {
      throw bad(field, "a time such as 2026-11-27T15:00", text);
    }
    var nodes = ImputeRequest.JSON.getNodeFactory();
    return switch (field.source().reading()) {
      case EPOCH_SECONDS -> nodes.numberNode(at.getEpochSecond());
      case EPOCH_MILLIS -> nodes.numberNode(at.toEpochMilli());
      case EPOCH_MICROS -> nodes.numberNode(ChronoUnit.MICROS.between(Instant.EPOCH, at));
      case EPOCH_NANOS -> nodes.numberNode(ChronoUnit.NANOS.between(Instant.EPOCH, at));
      case PLAIN, XYXY, CENTRE, NORMALISED, XYXY_NORMALISED, CENTRE_NORMALISED ->
          nodes.stringNode(at.toString());
    };
  }

  private static boolean isTrue(StructType.Field field, String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw bad(field, "true or false", text);
  }

  private static BigDecimal number(StructType.Field field, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException none) {
      throw bad(field, "a number", text);
    }
  }

  private static Refused bad(StructType.Field field, String needed, String text) {
    return new Refused(
        HttpStatus.BAD_REQUEST, "%s needs %s, got '%s'".formatted(field.name(), needed, text));
  }

  /** What {@link Fillers#fill} wrote into a record. */
  static List<Filled> filled(ObjectNode record) {
    List<Filled> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : record.path(Imputed.NAME).properties()) {
      JsonNode said = one.getValue();
      JsonNode interval = said.path("interval");
      List<Share> candidates = new ArrayList<>();
      said.path("candidates")
          .forEach(
              candidate ->
                  candidates.add(
                      new Share(
                          candidate.path("value").asString(),
                          candidate.path("probability").asDouble())));
      List<Share> looked = new ArrayList<>();
      said.path(Imputed.ATTENTION)
          .properties()
          .forEach(share -> looked.add(new Share(share.getKey(), share.getValue().asDouble())));
      looked.sort(Comparator.comparingDouble(Share::share).reversed());
      all.add(
          new Filled(
              one.getKey(),
              said.path(Imputed.VALUE).asString(""),
              said.path(Imputed.CONFIDENCE).asDouble(),
              interval.isObject() ? interval.path("low").asDouble() : null,
              interval.isObject() ? interval.path("high").asDouble() : null,
              looked,
              candidates));
    }
    return all;
  }
}
