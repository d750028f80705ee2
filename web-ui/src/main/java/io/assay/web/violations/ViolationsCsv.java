package io.assay.web.violations;

import static io.assay.web.system.CsvText.text;

import java.util.List;
import java.util.Locale;

/** The list of violations for spreadsheets, in the order of its filter. */
final class ViolationsCsv {
  static final List<String> HEAD =
      List.of(
          "at",
          "level",
          "assertion",
          "stream",
          "mode",
          "origin",
          "sentence",
          "key",
          "severity",
          "from",
          "to",
          "model_version",
          "day",
          "id");

  private ViolationsCsv() {}

  static List<String> cells(ViolationRow row) {
    return List.of(
        row.at().iso(),
        row.level().name().toLowerCase(Locale.ROOT),
        text(row.assertion()),
        text(row.stream()),
        row.mode().name().toLowerCase(Locale.ROOT),
        row.origin(),
        text(row.sentence()),
        text(row.key()),
        Double.toString(row.severity()),
        row.from().iso(),
        row.to().iso(),
        text(row.modelVersion()),
        row.day().toString(),
        text(row.id()));
  }
}
