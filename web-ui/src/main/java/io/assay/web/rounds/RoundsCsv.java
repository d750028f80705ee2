package io.assay.web.rounds;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts.Part;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rounds for spreadsheets, the newest first. */
final class RoundsCsv {
  static final List<String> HEAD =
      List.of(
          "round",
          "state",
          "budget",
          "items",
          "known",
          "errors",
          "disputed",
          "chosen",
          "opened",
          "opened_by",
          "closed",
          "closed_by",
          "closed_why",
          "model_version",
          "declared",
          "seen");

  private RoundsCsv() {}

  /** Those with a smaller number. */
  static Part<Long> part(RoundStore store, String project, long before) {
    List<LabelRound> found = store.all(project, before, CsvFiles.PART);
    Map<Long, RoundStore.Progress> progress =
        found.isEmpty()
            ? Map.of()
            : store.progress(project, found.getLast().number(), found.getFirst().number());
    return Part.of(
        found,
        CsvFiles.PART,
        round -> cells(round, progress.getOrDefault(round.number(), RoundStore.Progress.NONE)),
        LabelRound::number);
  }

  private static List<String> cells(LabelRound round, RoundStore.Progress progress) {
    return List.of(
        Long.toString(round.number()),
        round.state().toLowerCase(Locale.ROOT),
        Integer.toString(round.budget()),
        Long.toString(progress.items()),
        Long.toString(progress.done()),
        Long.toString(progress.errors()),
        Long.toString(progress.disputed()),
        text(round.chosen()),
        round.opened().toString(),
        text(round.openedBy()),
        round.closed().map(Instant::toString).orElse(""),
        text(round.closedBy()),
        text(round.closedWhy()),
        text(round.trained().orElse("")),
        round.trainedAt().map(Instant::toString).orElse(""),
        round.seenAt().map(Instant::toString).orElse(""));
  }
}
