package io.assay.web.figures;

import static io.assay.web.system.CsvText.text;

import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.web.system.CsvParts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Figures of windows for spreadsheets, a row each window, segment and statistic. */
final class FiguresCsv {
  static final List<String> HEAD =
      List.of(
          "assertion",
          "stream",
          "segment",
          "begins",
          "ends",
          "statistic",
          "value",
          "low",
          "high",
          "uncorrected",
          "limit",
          "estimated",
          "events",
          "truths");

  private FiguresCsv() {}

  /** {@code most}: so many were asked for; where fewer came they are the last. */
  static CsvParts.Part<FiguresRecord> part(List<FiguresRecord> found, int most, Topic topic) {
    List<List<String>> rows =
        found.stream()
            .flatMap(
                record ->
                    record.figures().stream()
                        .filter(topic::has)
                        .map(figure -> cells(record, figure)))
            .toList();
    return new CsvParts.Part<>(
        rows, found.size() < most ? Optional.empty() : Optional.of(found.getLast()));
  }

  private static List<String> cells(FiguresRecord record, Figure figure) {
    return List.of(
        text(record.assertion()),
        text(record.stream()),
        text(record.segment()),
        Instant.ofEpochMilli(record.startMillis()).toString(),
        Instant.ofEpochMilli(record.endMillis()).toString(),
        text(figure.name()),
        number(figure.value()),
        number(figure.low()),
        number(figure.high()),
        number(figure.uncorrected()),
        number(figure.limit()),
        Boolean.toString(figure.estimated()),
        Long.toString(record.units()),
        Long.toString(record.truths()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : Double.toString(value);
  }
}
