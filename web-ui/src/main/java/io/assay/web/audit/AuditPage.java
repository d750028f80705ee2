package io.assay.web.audit;

import io.assay.web.access.AuditLog;
import io.assay.web.access.ChangeWords;
import io.assay.web.admin.AdminTab;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.CsvText;
import io.assay.web.system.Moment;
import io.assay.web.system.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Who changed what in a project, the newest first. */
@Page
class AuditPage {
  private static final int SIZE = 50;

  private final AuditLog log;
  private final ChangeWords words;
  private final CsvFiles files;

  AuditPage(AuditLog log, ChangeWords words, CsvFiles files) {
    this.log = log;
    this.words = words;
    this.files = files;
  }

  /** A change as it is shown. */
  record Row(Moment at, String actor, String action, String subject, String detail) {
    static Row of(AuditLog.Line line, ChangeWords words) {
      return new Row(
          new Moment(line.at()),
          line.actor(),
          line.action(),
          line.subject(),
          words.detail(line.action(), line.detail()));
    }
  }

  @GetMapping("/p/{project}/audit")
  String show(@PathVariable String project, @RequestParam Map<String, String> query, Model model) {
    AuditQuery asked = AuditQuery.of(query);
    List<AuditLog.Line> lines = log.lines(project, asked.wanted(), asked.before(), SIZE + 1);
    AdminTab.AUDIT.show(model);
    model.addAttribute("query", asked);
    model.addAttribute("actors", log.actors(project));
    model.addAttribute("actions", log.actions(project));
    model.addAttribute(
        "rows", lines.stream().limit(SIZE).map(line -> Row.of(line, words)).toList());
    model.addAttribute("first", asked.before().isEmpty());
    model.addAttribute("next", lines.size() > SIZE ? String.valueOf(lines.get(SIZE - 1).id()) : "");
    return "audit";
  }

  /** The same, whole. */
  @GetMapping("/p/{project}/audit.csv")
  void csv(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      HttpServletResponse response)
      throws IOException {
    AuditQuery asked = AuditQuery.of(query).requireClear();
    files.<Long>send(
        response,
        "changes.csv",
        List.of("at", "actor", "action", "subject", "detail"),
        after ->
            CsvParts.Part.of(
                log.lines(project, asked.wanted(), after.or(asked::before), CsvFiles.PART),
                CsvFiles.PART,
                AuditPage::cells,
                AuditLog.Line::id));
  }

  private static List<String> cells(AuditLog.Line line) {
    return List.of(
        line.at().toString(),
        CsvText.text(line.actor()),
        line.action(),
        CsvText.text(line.subject()),
        CsvText.text(line.detail()));
  }
}
