package io.assay.web.alerts;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of the pages of alerts as files, whole and as they are filtered. */
@Page
class AlertFiles {
  private final AlertList list;
  private final AlertQueries alerts;
  private final CsvFiles files;

  AlertFiles(AlertList list, AlertQueries alerts, CsvFiles files) {
    this.list = list;
    this.alerts = alerts;
    this.files = files;
  }

  @GetMapping("/p/{project}/alerts.csv")
  void open(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      HttpServletResponse response)
      throws IOException {
    AlertFilter filter = AlertFilter.of(query);
    files.<AlertPlace>send(
        response, "alerts.csv", AlertsCsv.HEAD, after -> list.rows(project, filter, after));
  }

  /** {@code alert}: the fingerprint of one; without it, of all that the filter lets through. */
  @GetMapping("/p/{project}/alerts/history.csv")
  void history(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      HttpServletResponse response)
      throws IOException {
    AlertFilter filter = AlertFilter.of(query);
    String alert = query.getOrDefault("alert", "");
    files.<Long>send(
        response,
        "alert-history.csv",
        AlertsCsv.HISTORY,
        after ->
            CsvParts.Part.of(
                alerts.history(project, alert, filter, after.orElse(Long.MAX_VALUE), CsvFiles.PART),
                CsvFiles.PART,
                AlertsCsv::cells,
                AlertQueries.Change::id));
  }
}
