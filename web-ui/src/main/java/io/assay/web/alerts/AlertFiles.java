package io.assay.web.alerts;

import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of the pages of alerts as files, whole and as they are filtered. */
@Page
class AlertFiles {
  private final AlertList list;
  private final AlertQueries alerts;
  private final SilenceStore silences;
  private final CsvFiles files;
  private final Clock clock;

  AlertFiles(
      AlertList list, AlertQueries alerts, SilenceStore silences, CsvFiles files, Clock clock) {
    this.list = list;
    this.alerts = alerts;
    this.silences = silences;
    this.clock = clock;
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

  /** All of them, those that are over too: whoever asks why nobody was told looks for these. */
  @GetMapping("/p/{project}/alerts/silences.csv")
  void silences(@PathVariable String project, HttpServletResponse response) throws IOException {
    Instant now = clock.instant();
    files.<Long>send(
        response,
        "silences.csv",
        AlertsCsv.SILENCES,
        after ->
            CsvParts.Part.of(
                silences.all(project, after.orElse(Long.MAX_VALUE), CsvFiles.PART),
                CsvFiles.PART,
                one -> AlertsCsv.cells(one, now),
                SilenceStore.Stored::id));
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
