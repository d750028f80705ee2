package io.assay.web.ingest;

import io.assay.web.access.Machine;
import io.assay.web.access.SignedIn;
import io.assay.web.labels.RefusedLabels;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where programs send labels, however long after the predictions. */
@RestController
class LabelsEndpoint {
  private final LabelIntake intake;
  private final RefusedLabels refusals;

  LabelsEndpoint(LabelIntake intake, RefusedLabels refusals) {
    this.intake = intake;
    this.refusals = refusals;
  }

  /** What was taken: labels that the broker has acknowledged. */
  record Taken(int accepted) {}

  @PostMapping("/api/v1/projects/{project}/labels")
  ResponseEntity<Object> take(
      @PathVariable String project,
      @AuthenticationPrincipal @Nullable Machine machine,
      @AuthenticationPrincipal @Nullable SignedIn person,
      HttpServletRequest request) {
    String by = person == null ? "" : person.name();
    Predicate<String> reaches = machine == null ? stream -> true : machine::reaches;
    try {
      int accepted = intake.take(project, machine == null ? by : machine.name(), reaches, request);
      return ResponseEntity.accepted().body(new Taken(accepted));
    } catch (RequestRefused refused) {
      if (refused.isForGood()) {
        refusals.note(project, "api", machine == null ? by : machine.name(), refused.told());
      }
      return refused.answer(request.getRequestURI());
    }
  }
}
