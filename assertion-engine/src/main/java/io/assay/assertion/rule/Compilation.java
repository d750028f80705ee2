package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Optional;

/**
 * What became of a set of rule files.
 *
 * @param rules present exactly when no issue is an error
 * @param issues of all files, in order of file and place
 */
public record Compilation(Optional<CheckedRules> rules, List<Issue> issues) {
  public Compilation {
    issues = List.copyOf(issues);
  }

  public boolean hasErrors() {
    return issues.stream().anyMatch(Issue::isError);
  }
}
