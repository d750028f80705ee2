package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;

/** Which events are taken together. */
public sealed interface WindowSpec {
  Span span();

  record Tumbling(Expr size, Span span) implements WindowSpec {}

  record Hopping(Expr size, Expr every, Span span) implements WindowSpec {}

  record Session(Expr gap, Span span) implements WindowSpec {}

  record Last(Bound bound, Span span) implements WindowSpec {}
}
