package io.assay.web.audit;

import io.assay.web.access.AuditLog;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
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

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  /** Newest first; {@code before} takes what the answer before named {@code next}. */
  @GetMapping("/api/v1/projects/{project}/audit")
  Part list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 to %d, got %d".formatted(MOST, limit));
    }
    AuditQuery asked = AuditQuery.of(query).requireClear();
    List<AuditLog.Line> lines = log.lines(project, asked.wanted(), asked.before(), limit + 1);
    return new Part(
        lines.stream().limit(limit).toList(),
        lines.size() > limit ? lines.get(limit - 1).id() : null);
  }

  /** {@code next}: null where this was the last. */
  record Part(List<AuditLog.Line> changes, @Nullable Long next) {}
}
