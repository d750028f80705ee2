package io.assay.cli;

import io.assay.assertion.scenario.Rate;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/** A rate with what it is made of, as it stands in several answers. */
final class RateJson {
  private RateJson() {}

  /** Into an object that is open. */
  static void write(Rate rate, JsonGenerator json) {
    json.writeNumberProperty("judged", rate.judged());
    json.writeNumberProperty("violated", rate.violated());
    json.writeNumberProperty("undecided", rate.undecided());
    write("rate", rate.value(), json);
  }

  static void write(String name, OptionalDouble value, JsonGenerator json) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsDouble());
    } else {
      json.writeNullProperty(name);
    }
  }
}
