package io.assay.assertion.scenario;

import io.assay.assertion.rule.Span;
import java.util.List;

/** What became of a test that stands beside the rules. */
public sealed interface Outcome {
  /** All that was expected came. */
  record Passed() implements Outcome {}

  /** At least one thing came otherwise. */
  record Failed(List<Difference> differences) implements Outcome {
    public Failed {
      differences = List.copyOf(differences);
    }
  }

  /** Not run, or not compared: what it asks for is checked, but not evaluated yet. */
  record Pending(String reason) implements Outcome {}

  /**
   * Something that was expected and did not come.
   *
   * @param span where the test says so
   * @param expected in the words of the rule language
   * @param came likewise, or what stood in the way
   */
  record Difference(Span span, String expected, String came) {}
}
