package io.assay.web.labels;

import static io.assay.web.system.CsvText.text;

import java.util.List;

/** Labels that came in, and those that were refused, for spreadsheets. */
final class LabelsCsv {
  static final List<String> HEAD =
      List.of(
          "received",
          "at",
          "prediction",
          "stream",
          "verdict",
          "classes",
          "looked",
          "weight",
          "by",
          "source",
          "violations",
          "fields",
          "id");

  static final List<String> REFUSED = List.of("at", "source", "by", "why", "number");

  private LabelsCsv() {}

  static List<String> cells(LabelQueries.Row row) {
    return List.of(
        row.received().toString(),
        row.at().toString(),
        text(row.prediction()),
        text(row.stream()),
        row.verdict(),
        text(String.join("; ", row.classes())),
        text(String.join("; ", row.looked())),
        Double.toString(row.weight()),
        text(row.by()),
        text(row.source()),
        text(String.join("; ", row.violations())),
        row.fields() == null ? "" : text(row.fields().toString()),
        text(row.id()));
  }

  static List<String> cells(RefusedLabels.Refusal one) {
    return List.of(
        one.at().toString(),
        text(one.source()),
        text(one.by()),
        text(one.why()),
        Long.toString(one.id()));
  }
}
