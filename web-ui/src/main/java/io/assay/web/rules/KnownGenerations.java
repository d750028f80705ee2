package io.assay.web.rules;

import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The texts of any generation: those in memory need not be read from the database. */
@Component
class KnownGenerations {
  private final ActiveRules active;
  private final RuleHistory history;

  KnownGenerations(ActiveRules active, RuleHistory history) {
    this.active = active;
    this.history = history;
  }

  /** Those of a number, the latest where it came twice. */
  Optional<RuleContent> content(String project, long generation) {
    return active
        .generation(project, generation)
        .map(one -> one.set().content())
        .or(() -> history.one(project, generation).map(Map.Entry::getValue));
  }

  /** Those of that very one. */
  Optional<RuleContent> content(String project, GenerationRow row) {
    return active
        .generation(project, row.generation())
        .map(one -> one.set().content())
        .filter(one -> one.hash().equals(row.contentHash()))
        .or(() -> history.at(project, GenerationPlace.of(row)));
  }

  /** What is in force; none where there are no rules. */
  Optional<RuleGeneration> inForce(String project) {
    return active.generation(project);
  }
}
