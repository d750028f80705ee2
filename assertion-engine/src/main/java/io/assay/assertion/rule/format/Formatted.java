package io.assay.assertion.rule.format;

import io.assay.assertion.rule.Issue;
import java.util.List;

/**
 * A rule text laid out.
 *
 * @param text as it was where {@code issues} say why it could not be read
 */
public record Formatted(String text, List<Issue> issues) {
  public Formatted {
    issues = List.copyOf(issues);
  }
}
