package io.assay.web.audit;

import io.assay.web.access.AuditLog;
import io.assay.web.system.Listing;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record of changes, for programs of administrators. */
@RestController
class AuditApi {
  private static final int MOST = 500;

  private final AuditLog log;

  AuditApi(AuditLog log) {
    this.log = log;
  }

  /** Newest first; {@code before} takes what the answer before named {@code next}. */
  @GetMapping("/api/v1/projects/{project}/audit")
  Listing<AuditLog.Line> list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "50") int limit) {
    Listing.requireLimit(limit, MOST);
    AuditQuery asked = AuditQuery.of(query).requireClear();
    return Listing.of(
        log.lines(project, asked.wanted(), asked.before(), limit + 1),
        limit,
        line -> line,
        line -> Long.toString(line.id()));
  }

  /** Whoever has changed something, and what has been done: what the list is filtered by. */
  record Filters(List<String> actors, List<String> actions) {}

  @GetMapping("/api/v1/projects/{project}/audit/filters")
  Filters filters(@PathVariable String project) {
    return new Filters(log.actors(project), log.actions(project));
  }
}
