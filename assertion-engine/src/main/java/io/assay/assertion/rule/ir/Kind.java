package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.Optional;

/** What an assertion asserts; one evaluator each. Kinds join here as they are evaluated. */
public sealed interface Kind {
  /** Seen, not seen for less than the bound, seen again. */
  record Absent(Bound lessThan) implements Kind {}

  /** A whole life shorter than the bound. */
  record Present(Bound lessThan) implements Kind {}

  /** What must hold of every event, or of every element under {@code each}. */
  record Expect(List<Expectation> expectations) implements Kind {
    public Expect {
      expectations = List.copyOf(expectations);
      if (expectations.isEmpty()) {
        throw new IllegalArgumentException("expect needs one condition or more");
      }
    }
  }

  /** Built in, one a stream: the values are of their declared types and ranges. */
  record Schema() implements Kind {}

  /**
   * One {@code expect} line, with a verdict of its own.
   *
   * @param name as written, if it was
   */
  record Expectation(Optional<String> name, Term condition) {}
}
