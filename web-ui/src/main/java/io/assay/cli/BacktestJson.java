package io.assay.cli;

import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import java.io.PrintWriter;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/** A backtest as JSON, in the form of {@code docs/backtest.schema.json}. */
final class BacktestJson {
  private BacktestJson() {}

  static void write(
      BacktestReport report, BacktestOutcome outcome, boolean withItems, PrintWriter out) {
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
        if (withItems) {
          json.writeArrayPropertyStart("items");
          outcome.items(result.name()).forEach(item -> write(item, json));
          json.writeEndArray();
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(BacktestOutcome.Item item, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", item.id());
    json.writeStringProperty("key", item.key());
    json.writeName("from");
    json.writeNumber(millis(item.from()));
    json.writeName("to");
    json.writeNumber(millis(item.to()));
    json.writeStringProperty("subject", item.subject());
    json.writeNumberProperty("severity", item.severity());
    json.writeEndObject();
  }

  /** Whole milliseconds as a whole number; finer times keep their digits. */
  private static BigDecimal millis(long nanos) {
    BigDecimal millis = BigDecimal.valueOf(nanos, 6).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0) : millis;
  }
}
