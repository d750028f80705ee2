package io.assay.web.erasure;

import static io.assay.web.system.CsvText.text;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All that was asked to be erased, for spreadsheets; of keys their digests alone. */
@Page
class ErasureFiles {
  private static final List<String> COLUMNS =
      List.of(
          "number", "asked", "by", "stream", "digest", "status", "ended", "steps", "erased",
          "trouble");

  private final Erasures erasures;
  private final CsvFiles files;

  ErasureFiles(Erasures erasures, CsvFiles files) {
    this.erasures = erasures;
    this.files = files;
  }

  @GetMapping("/p/{project}/erasure.csv")
  void erasures(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<Long>send(
        response,
        "erasures.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                erasures.of(
                    project,
                    after.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    CsvFiles.PART),
                CsvFiles.PART,
                ErasureFiles::cells,
                Erasures.Job::id));
  }

  private static List<String> cells(Erasures.Job job) {
    return List.of(
        Long.toString(job.id()),
        job.asked().toString(),
        text(job.askedBy()),
        text(job.stream()),
        text(job.digest()),
        job.status().toLowerCase(Locale.ROOT),
        Objects.toString(job.ended(), ""),
        job.done().size() + " of " + job.of(),
        Long.toString(job.done().stream().mapToLong(Erasures.Done::number).sum()),
        text(job.trouble()));
  }
}
