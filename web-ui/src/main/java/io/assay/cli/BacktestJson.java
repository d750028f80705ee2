package io.assay.cli;

import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.WhyUndecided;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A backtest as JSON, in the form of {@code docs/backtest.schema.json}. */
final class BacktestJson {
  private BacktestJson() {}

  static void write(
      BacktestReport report, FoundViolations found, boolean withItems, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("assertions");
      for (AssertionResult result : report.assertions()) {
        json.writeStartObject();
        json.writeStringProperty("name", result.name());
        json.writeNumberProperty("violations", result.violations());
        json.writeNumberProperty("judged", result.judged());
        json.writeNumberProperty("undecided", result.undecided());
        json.writeNumberProperty("eventsFlagged", result.eventsFlagged());
        writeReasons(result.reasons(), json);
        if (withItems) {
          json.writeArrayPropertyStart("items");
          for (FoundViolation item : found.of(result.name())) {
            json.writeStartObject();
            item.write(json);
            json.writeEndObject();
          }
          json.writeEndArray();
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      writeAlerts(report.alerts(), json);
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeAlerts(AlertRehearsal.Told told, JsonGenerator json) {
    if (told.lines().isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("alerts");
    json.writeNumberProperty("minutes", told.span().toMinutes());
    json.writeNumberProperty("notices", told.notices());
    json.writeNumberProperty("pages", told.pages());
    json.writeBooleanProperty("whole", told.isWhole());
    json.writeArrayPropertyStart("lines");
    for (AlertRehearsal.Line line : told.lines()) {
      json.writeStartObject();
      json.writeStringProperty("assertion", line.assertion());
      json.writeStringProperty("when", line.condition());
      json.writeArrayPropertyStart("to");
      line.routes().forEach(json::writeString);
      json.writeEndArray();
      json.writeNumberProperty("fired", line.fired());
      json.writeNumberProperty("notices", line.notices());
      json.writeNumberProperty("pages", line.pages());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeReasons(List<WhyUndecided> reasons, JsonGenerator json) {
    if (reasons.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("undecidedBecause");
    for (WhyUndecided why : reasons) {
      json.writeStartObject();
      json.writeStringProperty("reason", why.reason().replace("\u2063", ""));
      json.writeNumberProperty("units", why.units());
      json.writeName("first");
      json.writeNumber(FoundViolation.millis(why.first()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
