package io.assay.cli;

import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.RuleDifference;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Two versions of rules as JSON, in the form of {@code docs/diff.schema.json}. */
final class DiffJson {
  private DiffJson() {}

  static void write(
      List<RuleDifference> differences,
      FoundViolations onlyOld,
      FoundViolations onlyNew,
      PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("assertions");
      for (RuleDifference d : differences) {
        json.writeStartObject();
        json.writeStringProperty("name", d.assertion());
        json.writeStringProperty("change", d.change().name().toLowerCase(Locale.ROOT));
        write("old", d.before(), json);
        write("new", d.after(), json);
        json.writeNumberProperty("both", d.both());
        write("onlyOld", d.onlyOld(), onlyOld.of(d.assertion()), json);
        write("onlyNew", d.onlyNew(), onlyNew.of(d.assertion()), json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(String name, Optional<AssertionResult> result, JsonGenerator json) {
    json.writeName(name);
    if (result.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeNumberProperty("violations", result.get().violations());
    RateJson.write(result.get().rate(), json);
    json.writeEndObject();
  }

  private static void write(
      String name, long count, List<FoundViolation> examples, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", count);
    json.writeArrayPropertyStart("examples");
    for (FoundViolation example : examples) {
      json.writeStartObject();
      example.write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
