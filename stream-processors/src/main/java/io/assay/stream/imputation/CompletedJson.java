package io.assay.stream.imputation;

import io.assay.assertion.event.Imputed;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event with its gaps filled: values stand where the stream has them, and {@code imputed} says
 * of each what was filled in, and how sure that is. All else is as it came.
 */
public final class CompletedJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private CompletedJson() {}

  /**
   * Fills in.
   *
   * @param event is changed
   * @param version of the imputer
   */
  public static void complete(
      ObjectNode event, ImputedStream stream, List<FilledField> filled, long version) {
    if (filled.isEmpty()) {
      return;
    }
    ObjectNode said = JSON.createObjectNode();
    for (FilledField one : filled) {
      @Nullable JsonNode value = one.abstains() ? null : node(one);
      said.set(one.field().name(), said(one, value, version));
      if (value != null) {
        put(event, stream.group().source().path(), one.field().source().path(), value);
      }
    }
    event.set(Imputed.NAME, said);
  }

  /** Takes out what was filled in, and that it was. */
  public static void takeBack(ObjectNode event, ImputedStream stream) {
    if (event.remove(Imputed.NAME) instanceof ObjectNode before) {
      before
          .propertyNames()
          .forEach(
              name -> stream.fields().field(name).ifPresent(field -> remove(event, stream, field)));
    }
  }

  private static void remove(ObjectNode event, ImputedStream stream, StructType.Field field) {
    JsonNode at = event;
    for (String step : stream.group().source().path()) {
      at = at.path(step);
    }
    List<String> path = field.source().path();
    for (String step : path.subList(0, path.size() - 1)) {
      at = at.path(step);
    }
    if (at instanceof ObjectNode object) {
      object.remove(path.getLast());
    }
  }

  private static ObjectNode said(FilledField one, @Nullable JsonNode value, long version) {
    ObjectNode said = JSON.createObjectNode();
    if (value != null) {
      said.set(Imputed.VALUE, value);
    }
    said.put(Imputed.CONFIDENCE, one.confidence());
    one.interval()
        .ifPresent(
            interval ->
                said.putObject("interval").put("low", interval.low()).put("high", interval.high()));
    if (!one.candidates().isEmpty()) {
      ArrayNode candidates = said.putArray("candidates");
      one.candidates()
          .forEach(
              candidate ->
                  candidates
                      .addObject()
                      .put("value", candidate.value())
                      .put("probability", candidate.probability()));
    }
    ObjectNode attention = said.putObject(Imputed.ATTENTION);
    one.attention().forEach(attention::put);
    said.put("abstained", one.abstains());
    said.put("version", version);
    return said;
  }

  /** Where a path leads into a list, or through what is no object, nothing can be put. */
  private static void put(
      ObjectNode event, List<String> toGroup, List<String> toField, JsonNode value) {
    JsonNode at = event;
    for (String step : toGroup) {
      at = at == null ? null : at.get(step);
    }
    for (String step : toField.subList(0, toField.size() - 1)) {
      at = at instanceof ObjectNode object ? object.get(step) : null;
    }
    String last = toField.getLast();
    if (at instanceof ObjectNode object && StructType.Source.placeOf(last).isEmpty()) {
      object.set(last, value);
    }
  }

  private static JsonNode node(FilledField one) {
    Object value = one.value();
    if (value instanceof Long number && one.field().type() == Type.Basic.TIMESTAMP) {
      return time(number, one.field().source().reading());
    }
    if (value instanceof Long number && one.field().type() == Type.Basic.DURATION) {
      return JSON.getNodeFactory()
          .stringNode(BigDecimal.valueOf(number).movePointLeft(9).toPlainString() + "s");
    }
    return JSON.valueToTree(value);
  }

  private static JsonNode time(long nanos, StructType.Reading reading) {
    var nodes = JSON.getNodeFactory();
    return switch (reading) {
      case EPOCH_SECONDS -> nodes.numberNode(Math.floorDiv(nanos, 1_000_000_000L));
      case EPOCH_MILLIS -> nodes.numberNode(Math.floorDiv(nanos, 1_000_000L));
      case EPOCH_MICROS -> nodes.numberNode(Math.floorDiv(nanos, 1_000L));
      case EPOCH_NANOS -> nodes.numberNode(nanos);
      case PLAIN, XYXY, CENTRE, NORMALISED, XYXY_NORMALISED, CENTRE_NORMALISED ->
          nodes.stringNode(Instant.ofEpochSecond(0, nanos).toString());
    };
  }
}
