package io.assay.web.rules;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleGeneration;
import io.assay.web.violations.RecordedViolations;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Tests that a violation's evidence makes for the file of its assertion. */
@Component
class EvidenceTests {
  static final String NOTHING = "there is no such violation, or no rule of its assertion any more";

  private final ActiveRules active;
  private final RecordedViolations violations;

  EvidenceTests(ActiveRules active, RecordedViolations violations) {
    this.active = active;
    this.violations = violations;
  }

  /** {@code test}: to stand at the end of {@code file}, which is of that generation. */
  record Made(long generation, SourceFile file, String test) {}

  /** Of a violation of that day; none where it, or a rule of its assertion, is not there. */
  Optional<Made> of(String project, LocalDate day, String violation) {
    Optional<RuleGeneration> now = active.generation(project);
    Optional<JsonNode> record = violations.of(project, day, violation);
    if (now.isEmpty() || record.isEmpty()) {
      return Optional.empty();
    }
    RuleGeneration rules = now.get();
    return AssertionText.of(rules.set().content(), record.get().path("assertion").asString(""))
        .flatMap(asserted -> RuleDraft.file(rules.set().content(), asserted.file()))
        .map(
            file ->
                new Made(
                    rules.number(),
                    file,
                    TestOfEvidence.of(name -> rules.rules().stream(name), record.get())));
  }
}
