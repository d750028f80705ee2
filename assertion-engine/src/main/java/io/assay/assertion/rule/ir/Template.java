package io.assay.assertion.rule.ir;

import java.util.List;

/** A sentence with values in it. */
public record Template(List<Part> parts) {
  public Template {
    parts = List.copyOf(parts);
  }

  /** A stretch of text, or a value. */
  public sealed interface Part {
    record Text(String text) implements Part {}

    record Value(Term term) implements Part {}
  }
}
