package io.assay.cli;

import io.assay.assertion.rule.Span;
import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.Outcome.Difference;
import java.io.PrintWriter;
import java.util.List;

/** Rule tests for people: each as it ends, below its file; the last line counts them. */
final class TestText {
  private final PrintWriter out;
  private String file = "";

  TestText(PrintWriter out) {
    this.out = out;
  }

  void print(TestRun run) {
    String source = run.test().span().source();
    if (!source.equals(file)) {
      out.println(source);
      file = source;
    }
    String name = TestRun.name(run.test());
    switch (run.outcome()) {
      case Outcome.Passed ignored -> out.println("  passed   " + name);
      case Outcome.Pending why -> out.println("  pending  " + name + ": " + why.reason());
      case Outcome.Failed why -> {
        out.println("  FAILED   " + name);
        why.differences().forEach(difference -> out.print(told(difference, "           ")));
      }
    }
    out.flush();
  }

  static String told(Difference difference, String indent) {
    Span span = difference.span();
    return """
    %1$s%2$s:%3$d:%4$d
    %1$s  expected %5$s
    %1$s  came     %6$s
    """
        .formatted(
            indent,
            span.source(),
            span.line(),
            span.column(),
            difference.expected(),
            difference.came());
  }

  /** The last line is always of this one form, so that scripts can read it. */
  void end(List<TestRun> runs) {
    long pending = runs.stream().filter(TestRun::isPending).count();
    if (pending > 0) {
      out.println(pending + " pending");
    }
    out.println(
        "%d passed, %d failed"
            .formatted(
                runs.stream().filter(TestRun::hasPassed).count(),
                runs.stream().filter(TestRun::hasFailed).count()));
    out.flush();
  }
}
