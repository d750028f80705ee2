package io.assay.stream.contract;

/**
 * One generation of a project's rules: complete, and never changed.
 *
 * @param generation counts up from one within the project
 * @param documentHash of the texts, as the compiler of the publisher gave it
 */
public record RuleSet(
    String project, long generation, RuleContent content, RuleOrigin origin, String documentHash) {
  public RuleSet {
    if (project.isEmpty() || project.indexOf('/') >= 0 || generation < 1) {
      throw new IllegalArgumentException(
          "a generation needs a project without '/' and a number from 1, got '%s' and %d"
              .formatted(project, generation));
    }
  }
}
