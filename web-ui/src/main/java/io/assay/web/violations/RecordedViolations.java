package io.assay.web.violations;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Violations as the engine wrote them down: for those who may see all of it. */
@Component
public class RecordedViolations {
  private final ViolationQueries violations;
  private final JsonMapper json;

  RecordedViolations(ViolationQueries violations, JsonMapper json) {
    this.violations = violations;
    this.json = json;
  }

  /** Private fields and all. */
  public Optional<JsonNode> of(String project, LocalDate day, String id) {
    return violations.one(project, day, id, true).map(stored -> json.readTree(stored.evidence()));
  }
}
