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

  /** Where one of its keys stands; all of it where it is not written in one word. */
  public Span span(int step) {
    int before = 0;
    int all = -1;
    for (int i = 0; i < steps.size(); i++) {
      int length = steps.get(i) instanceof Key(String name) ? name.length() : 0;
      before += i < step ? length + 1 : 0;
      all += length + 1;
    }
    if (all != span.end() - span.start() || !(steps.get(step) instanceof Key(String name))) {
      return span;
    }
    int start = span.start() + before;
    return new Span(
        span.source(), start, start + name.length(), span.line(), span.column() + before);
  }

  public sealed interface Step {}

  public record Key(String name) implements Step {}

  public record Position(int index) implements Step {}
}
