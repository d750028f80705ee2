package io.assay.cli;

import io.assay.imputation.Evaluation;
import io.assay.imputation.Fitting;
import io.assay.imputation.Fitting.Form;
import io.assay.imputation.Imputer;
import io.assay.imputation.ModeImputer;
import io.assay.imputation.NeighbourImputer;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** How well gaps are filled of which the truth is known. */
@Command(name = "evaluate", description = "Hides cells of a table, fills them, and says how well.")
final class ImputeEvaluateCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "CSV with a header; an empty cell is missing.")
  Path table = Path.of("");

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "JSON that says what columns are; without it, their values do.")
  @Nullable Path schema;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      required = true,
      description = "CSV of the table's shape: 1 hides a cell, 0 does not.")
  Path mask = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "${COMPLETION-CANDIDATES}: what the product would take, or its plain form,"
              + " or the commonest value and the mean, or ten neighbours.")
  Method method = Method.aimnet;

  @Option(names = "--seed", paramLabel = "N", description = "The same gives the same figures.")
  long seed;

  @Mixin FormatOption answer = new FormatOption();

  /** As they are written on the command line. */
  enum Method {
    aimnet,
    plain,
    mode,
    knn
  }

  @Override
  public ExitStatus call() {
    Table whole = ImputeFiles.table(table);
    boolean[][] hidden = ImputeFiles.mask(mask, whole);
    Table gaps = Evaluation.hide(whole, hidden);
    Schema columns = ImputeFiles.schema(Optional.ofNullable(schema), gaps);
    long began = System.nanoTime();
    Evaluation found;
    try {
      found = Evaluation.of(imputer(gaps, columns).fill(gaps), whole, hidden);
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(table, bad.getMessage()), bad);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    switch (answer.format) {
      case text -> text(found, seconds, out);
      case json -> json(found, seconds, out);
    }
    out.flush();
    return ExitStatus.WELL;
  }

  private Imputer imputer(Table gaps, Schema columns) {
    return switch (method) {
      case aimnet -> Fitting.fit(gaps, columns, Form.CHOSEN, seed);
      case plain -> Fitting.fit(gaps, columns, Form.PLAIN, seed);
      case mode -> ModeImputer.fit(gaps, columns);
      case knn -> NeighbourImputer.fit(gaps, columns);
    };
  }

  private static void text(Evaluation found, double seconds, PrintWriter out) {
    line("accuracy", found.accuracy(), "share of hidden categories that were found", out);
    line("NRMSE", found.nrmse(), "error of hidden numbers, in deviations of the column", out);
    line("calibration", found.calibrationError(), "expected calibration error", out);
    line("covered", found.covered(), "hidden numbers within their interval of 80 %", out);
    found
        .columns()
        .forEach((name, value) -> out.printf("  %-20s %s%n", name, ImputeText.share(value)));
    out.printf("%.1f s%n", seconds);
  }

  private static void line(String name, OptionalDouble value, String what, PrintWriter out) {
    String text = value.isPresent() ? ImputeText.share(value.getAsDouble()) : "-";
    out.printf("%-12s %s  %s%n", name, text, what);
  }

  private void json(Evaluation found, double seconds, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeStringProperty("method", method.name());
      json.writeNumberProperty("seed", seed);
      value("accuracy", found.accuracy(), json);
      value("nrmse", found.nrmse(), json);
      value("calibrationError", found.calibrationError(), json);
      value("covered", found.covered(), json);
      json.writeObjectPropertyStart("columns");
      found.columns().forEach(json::writeNumberProperty);
      json.writeEndObject();
      json.writeNumberProperty("seconds", seconds);
      json.writeEndObject();
    }
    out.println();
  }

  private static void value(String name, OptionalDouble value, JsonGenerator json) {
    json.writeName(name);
    value.ifPresentOrElse(json::writeNumber, json::writeNull);
  }
}
