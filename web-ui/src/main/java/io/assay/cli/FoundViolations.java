package io.assay.cli;

import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first violations of each assertion, as many as the output needs. */
final class FoundViolations {
  private final int kept;
  private final Map<String, List<FoundViolation>> items = new HashMap<>();

  /**
   * @param kept how many of each assertion to keep
   */
  FoundViolations(int kept) {
    this.kept = kept;
  }

  void add(Violation violation) {
    List<FoundViolation> own =
        items.computeIfAbsent(violation.assertion(), name -> new ArrayList<>());
    if (own.size() < kept) {
      own.add(FoundViolation.of(violation));
    }
  }

  /** In the order in which they were found. */
  List<FoundViolation> of(String assertion) {
    return items.getOrDefault(assertion, List.of());
  }
}
