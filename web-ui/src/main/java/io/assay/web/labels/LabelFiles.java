package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import io.assay.web.system.TimePlace;
import io.assay.web.violations.PrivateRight;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of the page of labels as files, whole and as they are filtered. */
@Page
class LabelFiles {
  private final LabelQueries labels;
  private final RefusedLabels refusals;
  private final Access access;
  private final CsvFiles files;

  LabelFiles(LabelQueries labels, RefusedLabels refusals, Access access, CsvFiles files) {
    this.labels = labels;
    this.refusals = refusals;
    this.access = access;
    this.files = files;
  }

  /** What is private is there for those who may see it. */
  @GetMapping("/p/{project}/labels.csv")
  void labels(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @AuthenticationPrincipal SignedIn person,
      HttpServletResponse response)
      throws IOException {
    LabelPages.Filter filter = LabelPages.Filter.of(query);
    boolean clear = PrivateRight.of(access, person, project);
    files.<TimePlace>send(
        response,
        "labels.csv",
        LabelsCsv.HEAD,
        after ->
            CsvParts.Part.of(
                labels.list(project, filter.wish(after), CsvFiles.PART, clear),
                CsvFiles.PART,
                LabelsCsv::cells,
                LabelQueries.Row::place));
  }

  @GetMapping("/p/{project}/labels/refused.csv")
  void refused(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<Long>send(
        response,
        "refused-labels.csv",
        LabelsCsv.REFUSED,
        after ->
            CsvParts.Part.of(
                refusals.newest(project, after, CsvFiles.PART),
                CsvFiles.PART,
                LabelsCsv::cells,
                RefusedLabels.Refusal::id));
  }
}
