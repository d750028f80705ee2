package io.assay.web.rules;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All that was published, for spreadsheets. */
@Page
class GenerationFiles {
  private static final List<String> COLUMNS =
      List.of("generation", "published", "by", "home", "place", "version", "document", "content");

  private final RuleHistory history;
  private final CsvFiles files;

  GenerationFiles(RuleHistory history, CsvFiles files) {
    this.history = history;
    this.files = files;
  }

  @GetMapping("/p/{project}/rules/generations.csv")
  void generations(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<GenerationPlace>send(
        response,
        "generations.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                history.of(project, after, CsvFiles.PART),
                CsvFiles.PART,
                GenerationFiles::cells,
                GenerationPlace::of));
  }

  private static List<String> cells(GenerationRow row) {
    return List.of(
        Long.toString(row.generation()),
        row.at().iso(),
        text(row.origin().actor()),
        row.origin().home().name().toLowerCase(Locale.ROOT),
        text(row.origin().place()),
        text(row.origin().version()),
        row.documentHash(),
        row.contentHash());
  }
}
