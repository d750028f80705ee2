package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks every assertion once, and before it the one that it waits for. */
final class Triggers {
  private final Map<String, AssertionDecl> declarations = new HashMap<>();
  private final Function<AssertionDecl, Optional<CheckedAssertion>> checker;
  private final Consumer<Issue> issues;
  private final Map<AssertionDecl, Optional<CheckedAssertion>> done = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();

  Triggers(
      Collection<AssertionDecl> all,
      Function<AssertionDecl, Optional<CheckedAssertion>> checker,
      Consumer<Issue> issues) {
    all.forEach(declaration -> declarations.putIfAbsent(declaration.name().text(), declaration));
    this.checker = checker;
    this.issues = issues;
  }

  Optional<CheckedAssertion> check(AssertionDecl declaration) {
    Optional<CheckedAssertion> known = done.get(declaration);
    if (known != null) {
      return known;
    }
    open.add(declaration.name().text());
    done.put(declaration, Optional.empty()); // what stays where a file has told enough mistakes
    try {
      Optional<CheckedAssertion> checked = checker.apply(declaration);
      done.put(declaration, checked);
      return checked;
    } finally {
      open.remove(declaration.name().text());
    }
  }

  /** The assertion that another one waits for. */
  Optional<CheckedAssertion> of(Clause.When clause) {
    String name = clause.assertion().text();
    AssertionDecl other = declarations.get(name);
    if (other == null) {
      return error(
          IssueCode.UNKNOWN_ASSERTION,
          clause,
          "unknown assertion '%s'".formatted(name),
          Suggestions.didYouMean(name, declarations.keySet()));
    }
    if (open.contains(name)) {
      List<String> circle = open.stream().dropWhile(o -> !o.equals(name)).toList();
      return error(
          IssueCode.CONFLICTING_CLAUSES,
          clause,
          circle.size() == 1
              ? "assertion '%s' waits for itself".formatted(name)
              : "these wait for each other: %s".formatted(String.join(", ", circle)),
          Optional.empty());
    }
    return check(other);
  }

  private Optional<CheckedAssertion> error(
      IssueCode code, Clause.When clause, String message, Optional<String> suggestion) {
    issues.accept(new Issue(code, clause.assertion().span(), message, suggestion));
    return Optional.empty();
  }
}
