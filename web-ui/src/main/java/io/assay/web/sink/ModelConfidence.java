package io.assay.web.sink;

import io.assay.assertion.Violation;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How sure the model was where a violation points: the least of what the events of its evidence say
 * of the subject, or of themselves, in a field called {@code confidence}, {@code score} or {@code
 * probability}, in 0 .. 1.
 */
public final class ModelConfidence {
  private static final List<String> NAMES = List.of("confidence", "score", "probability");
  private static final JsonMapper JSON = JsonMapper.shared();

  private ModelConfidence() {}

  /** Empty where no event says so. */
  public static OptionalDouble of(Violation violation) {
    return violation.events().stream()
        .filter(event -> event.stream().equals(violation.stream()))
        .filter(event -> !event.role().equals("around"))
        .map(ModelConfidence::of)
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  private static OptionalDouble of(Violation.FrozenEvent event) {
    // Most streams say nothing of the kind: a glance at the text is far cheaper than reading it.
    if (NAMES.stream().noneMatch(event.fields()::contains)) {
      return OptionalDouble.empty();
    }
    try {
      JsonNode fields = JSON.readTree(event.fields());
      return event.subjectIndex() < 0 ? said(fields) : ofElement(fields, event.subjectIndex());
    } catch (JacksonException cut) {
      return OptionalDouble.empty();
    }
  }

  /** The judged list is not named in the evidence: it is the one that has such an element. */
  private static OptionalDouble ofElement(JsonNode fields, int index) {
    for (JsonNode field : fields.values()) {
      if (field.isArray() && field.path(index).isObject()) {
        OptionalDouble said = said(field.path(index));
        if (said.isPresent()) {
          return said;
        }
      }
    }
    return said(fields);
  }

  /**
   * How sure the model was of an event: what the event says of itself, else the least that any
   * record in it says; empty where none does.
   */
  public static OptionalDouble ofEvent(JsonNode fields) {
    OptionalDouble whole = said(fields);
    return whole.isPresent()
        ? whole
        : fields.values().stream()
            .filter(JsonNode::isArray)
            .flatMap(list -> list.values().stream())
            .map(ModelConfidence::said)
            .flatMapToDouble(OptionalDouble::stream)
            .min();
  }

  private static OptionalDouble said(JsonNode object) {
    for (String name : NAMES) {
      JsonNode value = object.path(name);
      if (value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1) {
        return OptionalDouble.of(value.asDouble());
      }
    }
    return OptionalDouble.empty();
  }
}
