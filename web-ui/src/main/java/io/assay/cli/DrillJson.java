package io.assay.cli;

import io.assay.drill.DrillReport;
import io.assay.drill.DrillReport.Suffered;
import java.io.PrintWriter;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** A drill as JSON. */
final class DrillJson {
  private DrillJson() {}

  static void write(DrillReport report, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeBooleanProperty("passed", report.passed());
      json.writeNumberProperty("events", report.events());
      json.writeNumberProperty("inTopic", report.inTopic());
      json.writeNumberProperty("violations", report.violations());
      json.writeNumberProperty("tookMillis", report.took().toMillis());
      json.writeArrayPropertyStart("differences");
      report.found().forEach(json::writeString);
      json.writeEndArray();
      json.writeName("calm");
      write(report.calm(), json);
      json.writeArrayPropertyStart("faults");
      report.suffered().forEach(one -> write(one, json));
      json.writeEndArray();
      json.writeArrayPropertyStart("stopMillis");
      report.stops().stream().mapToLong(Duration::toMillis).forEach(json::writeNumber);
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private static void write(Suffered one, JsonGenerator json) {
    json.writeStartObject();
    one.fault()
        .ifPresent(
            fault -> {
              json.writeNumberProperty("round", one.round() + 1);
              json.writeStringProperty("fault", fault.name());
            });
    json.writeNumberProperty("noOutputMillis", one.output().toMillis());
    json.writeNumberProperty("noRowsMillis", one.rows().toMillis());
    json.writeEndObject();
  }
}
