package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Set;

/** The clauses of one assertion behind declarations that a test has in common. */
record CheckedText(String declarations, String on) {
  private static final Set<IssueCode> SILENT = Set.of(IssueCode.NOT_YET, IssueCode.UNUSED_STREAM);

  /** The assertion, checked; it must be free of errors. */
  CheckedAssertion assertion(String clauses) {
    return rules(clauses).assertion("a").orElseThrow();
  }

  CheckedRules rules(String clauses) {
    Compilation compiled = compile(clauses);
    assertThat(compiled.rules()).as(() -> compiled.issues().toString()).isPresent();
    return compiled.rules().orElseThrow();
  }

  /** What is said of it, but that it is not evaluated yet and leaves streams alone. */
  List<String> messages(String clauses) {
    return compile(clauses).issues().stream()
        .filter(issue -> !SILENT.contains(issue.code()))
        .map(Issue::message)
        .toList();
  }

  /** The one thing that is said. */
  String message(String clauses) {
    List<String> messages = messages(clauses);
    assertThat(messages).as(clauses).hasSize(1);
    return messages.getFirst();
  }

  private Compilation compile(String clauses) {
    String text = "%s assertion a on %s { %s }".formatted(declarations, on, clauses);
    return new RuleCompiler().compile(List.of(new SourceFile("r.assay", text)));
  }
}
