package io.assay.cli;

import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.RateGate.Checked;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A gate as JSON, in the form of {@code docs/gate.schema.json}. */
final class GateJson {
  private GateJson() {}

  static void write(List<Checked> results, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeBooleanProperty("passed", results.stream().allMatch(Checked::passes));
      json.writeArrayPropertyStart("assertions");
      results.forEach(result -> write(result, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(Checked result, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", result.assertion());
    json.writeBooleanProperty("passed", result.passes());
    json.writeArrayPropertyStart("failures");
    result.failures().forEach(json::writeString);
    json.writeEndArray();
    json.writeName("limit");
    json.writeNumber(result.limit());
    write("before", result.before(), json);
    write("after", result.after(), json);
    RateJson.write("rise", result.rise(), json);
    RateJson.write("frequencyRise", result.more(), json);
    json.writeName("difference");
    if (result.difference().isPresent()) {
      json.writeStartObject();
      json.writeNumberProperty("points", result.difference().get().difference());
      json.writeNumberProperty("low", result.difference().get().low());
      json.writeNumberProperty("high", result.difference().get().high());
      json.writeNumberProperty("confidence", 0.95);
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void write(String name, AssertionResult side, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("violations", side.violations());
    json.writeNumberProperty("looked", side.passed());
    RateJson.write(side.rate(), json);
    json.writeEndObject();
  }
}
