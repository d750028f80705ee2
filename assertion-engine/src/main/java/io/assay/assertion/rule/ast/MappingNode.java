package io.assay.assertion.rule.ast;

import io.assay.assertion.rule.Span;
import java.util.List;

/** How a value is made of the payload's: {@code xyxy(bbox)}, {@code normalised(xyxy(bbox))}. */
public sealed interface MappingNode {
  Span span();

  record Call(Name convention, List<MappingNode> arguments, Span span) implements MappingNode {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Path(PathNode path) implements MappingNode {
    @Override
    public Span span() {
      return path.span();
    }
  }

  record Constant(double value, Span span) implements MappingNode {}
}
