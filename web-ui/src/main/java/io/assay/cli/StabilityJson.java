package io.assay.cli;

import io.assay.stability.Displacement.Moved;
import io.assay.stability.NearestItems.Near;
import io.assay.stability.StabilityReport;
import io.assay.stability.Terms;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/** A comparison as JSON; what is not defined is null. */
final class StabilityJson {
  private static final int MOVED = 20;

  private StabilityJson() {}

  static void write(StabilityFiles.Compared compared, List<StabilityNear> around, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      writeMembers(compared, json);
      if (!around.isEmpty()) {
        json.writeArrayPropertyStart("near");
        around.forEach(one -> write(one, compared.names().isEmpty(), json));
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    out.println();
  }

  /** A line of an answer to a batch. */
  static void writeNamed(Optional<String> name, StabilityFiles.Compared compared, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      writeName(name, json);
      writeMembers(compared, json);
      json.writeEndObject();
    }
    out.println();
  }

  /** In place of the measures of a job that could not be done. */
  static void writeFailure(Optional<String> name, String error, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      writeName(name, json);
      json.writeStringProperty("error", error);
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeName(Optional<String> name, JsonGenerator json) {
    json.writeName("name");
    name.ifPresentOrElse(json::writeString, json::writeNull);
  }

  private static void writeMembers(StabilityFiles.Compared compared, JsonGenerator json) {
    StabilityReport report = compared.report();
    Terms terms = report.terms();
    number("eis", terms.eis(), json);
    number("neighbours", report.neighbours(), json);
    number("displacement", report.displacement().mean(), json);
    number("pip", terms.pip(), json);
    number("overlap", terms.overlap(), json);
    json.writeArrayPropertyStart("rank");
    json.writeNumber(terms.x().rank());
    json.writeNumber(terms.y().rank());
    json.writeEndArray();
    number("condition", terms.condition(), json);
    json.writeArrayPropertyStart("moved");
    report.displacement().most(MOVED).forEach(moved -> write(moved, compared.names(), json));
    json.writeEndArray();
    number("centroids", report.centroids(), json);
    number("mmd", report.discrepancy(), json);
    json.writeNumberProperty("rows", report.rows());
    json.writeNumberProperty("items", compared.items());
    json.writeArrayPropertyStart("dimensions");
    json.writeNumber(terms.x().dimensions());
    json.writeNumber(terms.y().dimensions());
    json.writeEndArray();
    json.writeNumberProperty("displaced", report.displacement().counted());
    json.writeBooleanProperty("rotation", report.displacement().unique());
    json.writeStringProperty("method", terms.method().name().toLowerCase(Locale.ROOT));
    number("error", terms.error(), json);
    json.writeBooleanProperty("precise", report.precise());
  }

  private static void write(Moved moved, Optional<List<String>> names, JsonGenerator json) {
    json.writeStartObject();
    names.ifPresentOrElse(
        known -> json.writeStringProperty("item", known.get(moved.row())),
        () -> json.writeNumberProperty("item", moved.row()));
    json.writeNumberProperty("displacement", moved.displacement());
    json.writeEndObject();
  }

  private static void write(StabilityNear one, boolean isRow, JsonGenerator json) {
    json.writeStartObject();
    item(one.item(), isRow, json);
    json.writeNumberProperty("stayed", one.stayed());
    write("before", one.before(), isRow, json);
    write("after", one.after(), isRow, json);
    json.writeEndObject();
  }

  private static void write(String name, List<Near> near, boolean isRow, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    for (Near one : near) {
      json.writeStartObject();
      item(one.item(), isRow, json);
      number("cosine", one.cosine(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void item(String item, boolean isRow, JsonGenerator json) {
    if (isRow) {
      json.writeNumberProperty("item", Integer.parseInt(item));
    } else {
      json.writeStringProperty("item", item);
    }
  }

  private static void number(String name, OptionalDouble value, JsonGenerator json) {
    number(name, value.orElse(Double.NaN), json);
  }

  private static void number(String name, double value, JsonGenerator json) {
    json.writeName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
