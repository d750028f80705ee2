package io.assay.web.stability;

import static io.assay.web.system.CsvText.text;

import io.assay.stream.contract.StabilityRecord;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All releases of some embeddings, for spreadsheets. */
@Page
class StabilityFiles {
  private static final List<String> COLUMNS =
      List.of(
          "release",
          "number",
          "status",
          "judgement",
          "accepted_by",
          "items",
          "against",
          "coverage",
          "eis",
          "displacement",
          "why");

  private final KnownReleases releases;
  private final CsvFiles files;

  StabilityFiles(KnownReleases releases, CsvFiles files) {
    this.releases = releases;
    this.files = files;
  }

  @GetMapping("/p/{project}/stability.csv")
  void releases(@PathVariable String project, @RequestParam String of, HttpServletResponse response)
      throws IOException {
    files.<ReleasePlace>send(
        response,
        "releases.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                EmbeddingsView.rows(releases, project, of, after, CsvFiles.PART),
                CsvFiles.PART,
                StabilityFiles::cells,
                row -> ReleasePlace.of(row.release())));
  }

  private static List<String> cells(EmbeddingsView.Row row) {
    StabilityRecord release = row.release();
    Optional<StabilityRecord> against = Optional.ofNullable(row.against());
    return List.of(
        text(release.release()),
        Long.toString(release.number()),
        release.status().name().toLowerCase(Locale.ROOT),
        Optional.ofNullable(release.judgement())
            .map(judged -> judged.name().toLowerCase(Locale.ROOT))
            .orElse(""),
        text(release.by()),
        Long.toString(release.items()),
        text(against.map(StabilityRecord::base).orElse("")),
        against.map(one -> Double.toString(one.coverage())).orElse(""),
        Objects.toString(row.eis(), ""),
        against
            .flatMap(StabilityRecord::measures)
            .map(StabilityRecord.Measured::displacement)
            .map(Object::toString)
            .orElse(""),
        text(release.why()));
  }
}
