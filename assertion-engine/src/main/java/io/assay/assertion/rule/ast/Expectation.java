package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test demands of the assertion it plays events to. */
public sealed interface Expectation {
  Span span();

  record Violation(@Nullable Expr at, List<Setting> with, Span span) implements Expectation {
    public Violation {
      with = List.copyOf(with);
    }
  }

  record Violations(long count, Span span) implements Expectation {}

  record Silence(Span span) implements Expectation {}

  record Undecided(Span span) implements Expectation {}

  /** The output that a correction proposes for an event, or what is no more in it. */
  record Corrected(Expr at, boolean without, Given.Value value, Span span) implements Expectation {}
}
