package io.assay.cli;

import io.assay.assertion.rule.ir.Model;
import io.assay.stability.Displacement.Moved;
import io.assay.stability.Gate;
import io.assay.stability.Gate.Found;
import io.assay.stability.Gate.Line;
import io.assay.stability.Gate.Measure;
import io.assay.stability.Gate.Outcome;
import io.assay.stability.Settings;
import io.assay.stability.StabilityReport;
import io.assay.stability.Terms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What a gate measures of two files, and says of its bounds. */
final class StabilityGate {
  private static final int MOVED = 20;
  private static final int SHOWN = 5;

  private StabilityGate() {}

  /** Two files, measured. */
  record Measured(Map<Measure, Found> found, StabilityFiles.Compared compared) {}

  static Measured measure(List<Path> pair, Settings how) {
    StabilityFiles.Compared compared = StabilityFiles.compare(pair, List.of(), how, List.of());
    StabilityReport report = compared.report();
    Terms terms = report.terms();
    double error = report.precise() ? 0 : terms.error();
    Map<Measure, Found> found = new EnumMap<>(Measure.class);
    StabilityNoise noise = StabilityNoise.of(compared.embeddings(), how);
    double eis = terms.saysEis(report.rows()) ? terms.eis() : Double.NaN;
    put(found, Measure.EIS, eis, error, noise);
    put(found, Measure.OVERLAP, terms.overlap(), error, noise);
    put(found, Measure.PIP, terms.pip(), 0, noise);
    put(found, Measure.DISPLACEMENT, report.displacement().mean(), 0, noise);
    put(found, Measure.NEIGHBOURS, report.neighbours().orElse(Double.NaN), 0, noise);
    put(found, Measure.COVERAGE, report.rows() / (double) compared.items(), 0, noise);
    return new Measured(found, compared);
  }

  private static void put(
      Map<Measure, Found> found,
      Measure measure,
      double value,
      double error,
      StabilityNoise noise) {
    if (Double.isFinite(value)) {
      double reach = noise.reach(measure);
      found.put(measure, new Found(OptionalDouble.of(value), error, value - reach, value + reach));
    }
  }

  static void text(List<Line> lines, Measured measured, List<Model> readers, PrintWriter out) {
    for (Line line : lines) {
      String value =
          line.found().value().isPresent() ? digits(line.found().value().getAsDouble()) : "-";
      String noise =
          Double.isNaN(line.found().low())
              ? ""
              : " (%s to %s)".formatted(digits(line.found().low()), digits(line.found().high()));
      out.printf(
          "%-9s %-12s %s%s, to be %s %s%s%n",
          line.outcome().name().toLowerCase(Locale.ROOT),
          line.measure().word(),
          value,
          noise,
          line.measure().isAtMost() ? "at most" : "at least",
          digits(line.bound()),
          line.why().map(why -> "; " + why).orElse(""));
    }
    Outcome outcome = Gate.outcome(lines);
    if (outcome != Outcome.PASS) {
      List<Moved> moved = measured.compared().report().displacement().most(SHOWN);
      out.println(
          "moved most: "
              + moved.stream()
                  .map(one -> "%s (%s)".formatted(name(one, measured), digits(one.displacement())))
                  .collect(Collectors.joining(", ")));
      if (!readers.isEmpty()) {
        out.println(
            "built on it: "
                + readers.stream().map(Model::described).collect(Collectors.joining(", ")));
      }
    }
  }

  private static String name(Moved moved, Measured measured) {
    return measured
        .compared()
        .names()
        .map(known -> known.get(moved.row()))
        .orElse("row " + moved.row());
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  static void json(List<Line> lines, Measured measured, List<Model> readers, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeStringProperty("outcome", word(Gate.outcome(lines)));
      json.writeArrayPropertyStart("bounds");
      lines.forEach(line -> write(line, json));
      json.writeEndArray();
      json.writeArrayPropertyStart("moved");
      for (Moved one : measured.compared().report().displacement().most(MOVED)) {
        json.writeStartObject();
        json.writeStringProperty("item", name(one, measured));
        json.writeNumberProperty("displacement", one.displacement());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("models");
      for (Model model : readers) {
        json.writeStartObject();
        json.writeStringProperty("name", model.name());
        model.title().ifPresent(title -> json.writeStringProperty("title", title));
        model.owner().ifPresent(owner -> json.writeStringProperty("owner", owner));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(Line line, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("measure", line.measure().word());
    json.writeNumberProperty(line.measure().isAtMost() ? "max" : "min", line.bound());
    number("value", line.found().value().orElse(Double.NaN), json);
    number("low", line.found().low(), json);
    number("high", line.found().high(), json);
    json.writeStringProperty("outcome", word(line.outcome()));
    line.why().ifPresent(why -> json.writeStringProperty("why", why));
    json.writeEndObject();
  }

  private static void number(String name, double value, JsonGenerator json) {
    json.writeName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
