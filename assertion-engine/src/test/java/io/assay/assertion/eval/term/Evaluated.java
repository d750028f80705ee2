package io.assay.assertion.eval.term;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Expressions checked and worked out as a rule would. */
final class Evaluated {
  private Evaluated() {}

  static Object value(String expression) {
    return value("", expression);
  }

  static double number(String expression) {
    return (Double) value(expression);
  }

  /**
   * @param declared more lines of the stream's block
   */
  static Object value(String declared, String expression) {
    Compilation compiled = compile(declared, expression);
    CheckedAssertion assertion =
        compiled
            .rules()
            .orElseThrow(() -> new IllegalArgumentException(compiled.issues().toString()))
            .assertions()
            .getFirst();
    return new TermCompiler(Optional.empty())
        .value(assertion.lets().getFirst().term())
        .value(new Frame(assertion.locals()));
  }

  /** Why an expression has no value. */
  static String reason(String expression) {
    return reason("", expression);
  }

  static String reason(String declared, String expression) {
    try {
      return "has a value: " + value(declared, expression);
    } catch (NoValue e) {
      return e.reason();
    }
  }

  /** What the checker says, with its suggestion. */
  static String issue(String expression) {
    return issue("", expression);
  }

  static String issue(String declared, String expression) {
    return compile(declared, expression).issues().stream()
        .filter(issue -> issue.isError())
        .map(issue -> issue.message() + issue.suggestion().map(s -> "; " + s).orElse(""))
        .collect(Collectors.joining("\n"));
  }

  private static Compilation compile(String declared, String expression) {
    String rules =
        """
        stream s from topic "t" {
          key k string
          time at timestamp
          %s
        }
        assertion a on s { let v = %s  expect size([v]) == 1 }
        """
            .formatted(declared, expression);
    return new RuleCompiler().compile(List.of(new SourceFile("test.assay", rules)));
  }
}
