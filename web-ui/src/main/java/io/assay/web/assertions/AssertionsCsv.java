package io.assay.web.assertions;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvText;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list for spreadsheets. */
final class AssertionsCsv {
  private static final List<String> HEAD =
      List.of(
          "assertion",
          "title",
          "streams",
          "mode",
          "level",
          "health",
          "why",
          "unit",
          "owner",
          "seen",
          "passed",
          "judged",
          "violated",
          "undecided",
          "rate",
          "violations",
          "last_fired",
          "reviewed",
          "precision",
          "precision_low",
          "precision_high");

  private AssertionsCsv() {}

  static String of(List<AssertionLine> lines) {
    return Stream.concat(Stream.of(HEAD), lines.stream().map(AssertionsCsv::cells))
        .map(CsvText::row)
        .collect(Collectors.joining());
  }

  private static List<String> cells(AssertionLine line) {
    return List.of(
        text(line.name()),
        text(line.title()),
        text(line.stream()),
        line.mode().toLowerCase(Locale.ROOT),
        line.level().name().toLowerCase(Locale.ROOT),
        line.health().name().toLowerCase(Locale.ROOT),
        text(line.why()),
        line.unit().map(unit -> unit.name().toLowerCase(Locale.ROOT)).orElse(""),
        text(line.owner()),
        Long.toString(line.counted().seen()),
        Long.toString(line.counted().passed()),
        Long.toString(line.counted().judged()),
        Long.toString(line.counted().violated()),
        Long.toString(line.counted().undecided()),
        number(line.counted().rate()),
        Long.toString(line.violations()),
        line.last().map(at -> at.iso()).orElse(""),
        Long.toString(line.reviews().counted()),
        line.reviews().counted() == 0 ? "" : Double.toString(line.reviews().posterior().mean()),
        line.reviews().interval().map(one -> Double.toString(one.low())).orElse(""),
        line.reviews().interval().map(one -> Double.toString(one.high())).orElse(""));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }
}
