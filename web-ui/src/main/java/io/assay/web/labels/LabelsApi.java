package io.assay.web.labels;

import io.assay.web.access.Access;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Refused;
import io.assay.web.violations.PrivateRight;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was said of predictions, and which of it found a violation. */
@RestController
class LabelsApi {
  private static final int MOST = 500;

  private final LabelQueries labels;
  private final Access access;

  LabelsApi(LabelQueries labels, Access access) {
    this.labels = labels;
    this.access = access;
  }

  /** Numbers of all, by where they came from, and the newest of those asked for. */
  record Listing(List<LabelQueries.Numbers> numbers, List<LabelQueries.Row> items) {}

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @GetMapping("/api/v1/projects/{project}/labels")
  Listing newest(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String prediction,
      @RequestParam(defaultValue = "false") boolean unmatched,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable SignedIn person) {
    if (limit < 1 || limit > MOST) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(MOST, limit));
    }
    boolean clear = PrivateRight.of(access, person, project);
    return new Listing(
        labels.numbers(project), labels.newest(project, prediction, unmatched, limit, clear));
  }
}
