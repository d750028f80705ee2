package io.assay.web.imputation;

import static io.assay.web.system.CsvText.text;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All versions of an imputer, and who decided what of them, for spreadsheets. */
@Page
class ImputerFiles {
  private static final List<String> VERSIONS =
      List.of("version", "trained", "form", "rows", "loss", "why");
  private static final List<String> CHOICES = List.of("at", "version", "pinned", "by", "why");

  private final ImputerQueries stored;
  private final CsvFiles files;

  ImputerFiles(ImputerQueries stored, CsvFiles files) {
    this.stored = stored;
    this.files = files;
  }

  @GetMapping("/p/{project}/imputation/{stream}/versions.csv")
  void versions(
      @PathVariable String project, @PathVariable String stream, HttpServletResponse response)
      throws IOException {
    files.<Long>send(
        response,
        "versions.csv",
        VERSIONS,
        before ->
            CsvParts.Part.of(
                stored.cards(project, stream, before.orElse(Long.MAX_VALUE), CsvFiles.PART),
                CsvFiles.PART,
                ImputerFiles::cells,
                ImputerCard::version));
  }

  private static List<String> cells(ImputerCard card) {
    return List.of(
        Long.toString(card.version()),
        Instant.ofEpochMilli(card.trainedMillis()).toString(),
        text(card.form()),
        Long.toString(card.rows()),
        Objects.toString(card.measured().loss(), ""),
        text(card.why()));
  }

  @GetMapping("/p/{project}/imputation/{stream}/choices.csv")
  void choices(
      @PathVariable String project, @PathVariable String stream, HttpServletResponse response)
      throws IOException {
    files.<ChoicePlace>send(
        response,
        "choices.csv",
        CHOICES,
        before ->
            CsvParts.Part.of(
                stored.choices(project, stream, before, CsvFiles.PART),
                CsvFiles.PART,
                ImputerFiles::cells,
                ChoicePlace::of));
  }

  private static List<String> cells(ImputerChoice choice) {
    return List.of(
        Instant.ofEpochMilli(choice.atMillis()).toString(),
        Long.toString(choice.version()),
        Boolean.toString(choice.pinned()),
        text(choice.by()),
        text(choice.why()));
  }
}
