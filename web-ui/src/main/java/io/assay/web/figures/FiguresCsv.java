package io.assay.web.figures;

import static io.assay.web.system.CsvText.text;

import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.FiguresRecord.Figure;
import io.assay.web.system.CsvText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures of windows for spreadsheets, a row each window, segment and statistic. */
final class FiguresCsv {
  private static final List<String> HEAD =
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

  static String of(List<FiguresRecord> records, Topic topic) {
    Stream<List<String>> rows =
        records.stream()
            .flatMap(
                record ->
                    record.figures().stream()
                        .filter(topic::has)
                        .map(figure -> cells(record, figure)));
    return Stream.concat(Stream.of(HEAD), rows).map(CsvText::row).collect(Collectors.joining());
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
