package io.assay.web.rules;

import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleUse;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The assertions in force of a project, with what the tasks tell of them. */
@Component
public class KnownAssertions {
  private final ActiveRules active;
  private final RuleUsage usage;

  KnownAssertions(ActiveRules active, RuleUsage usage) {
    this.active = active;
    this.usage = usage;
  }

  /**
   * In the order of the files, those that do not judge before the others; none where no rules are
   * known.
   */
  public List<KnownAssertion> of(String project) {
    Optional<RuleGeneration> now = active.generation(project);
    if (now.isEmpty()) {
      return List.of();
    }
    List<RuleUse> uses =
        usage.of(project).map(RuleUsage.Told::uses).orElse(List.of()).stream()
            .filter(use -> use.generation() == now.get().number())
            .toList();
    return AssertionRow.known(now.get().rules(), uses);
  }
}
