package io.assay.web.violations;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts.Part;
import io.assay.web.violations.ViolationSearch.Found;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** What of the list lies behind a place. */
  static Part<Cursor> part(
      ViolationSearch search,
      String project,
      ViolationFilter filter,
      boolean clear,
      Optional<Cursor> after) {
    Found found =
        filter.oldest()
            ? search.newer(project, filter, after, CsvFiles.PART, clear)
            : search.older(project, filter, after, CsvFiles.PART, clear);
    List<ViolationRow> rows = filter.oldest() ? found.rows().reversed() : found.rows();
    return new Part<>(
        rows.stream().map(ViolationsCsv::cells).toList(),
        rows.size() < CsvFiles.PART ? found.reached() : Optional.of(rows.getLast().cursor()));
  }

  private static List<String> cells(ViolationRow row) {
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
