package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Assertions that are not evaluated yet, and those that wait for one of them. */
final class PendingAssertions {
  private PendingAssertions() {}

  /** Of those that wait it is told; of the others it has been. */
  static Set<String> names(
      Collection<CheckedAssertion> all, List<AssertionDecl> declarations, Consumer<Issue> issues) {
    Set<String> pending = new HashSet<>();
    all.stream().filter(a -> a.pendingClause().isPresent()).forEach(a -> pending.add(a.name()));
    boolean more = !pending.isEmpty();
    while (more) {
      more = false;
      for (CheckedAssertion assertion : all) {
        if (waits(assertion, pending) && pending.add(assertion.name())) {
          more = true;
          declarations.stream()
              .filter(declaration -> declaration.name().text().equals(assertion.name()))
              .forEach(declaration -> AssertionChecker.pending(declaration, "when", issues));
        }
      }
    }
    return pending;
  }

  private static boolean waits(CheckedAssertion assertion, Set<String> pending) {
    return assertion
        .context()
        .trigger()
        .filter(trigger -> pending.contains(trigger.assertion()))
        .isPresent();
  }
}
