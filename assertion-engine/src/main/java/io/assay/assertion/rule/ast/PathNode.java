package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;

/** Where a value lies in the payload: keys and positions in lists, from the outside in. */
public record PathNode(List<Step> steps, Span span) {
  public PathNode {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a path needs a step");
    }
  }

  public sealed interface Step {}

  public record Key(String name) implements Step {}

  public record Position(int index) implements Step {}
}
