package io.assay.drill;

import io.assay.assertion.rule.ir.CheckedRules;
import java.util.Map;

/** The backtest of what is in a topic. */
public interface Reference {
  Judged of(CheckedRules rules, String topic, String servers);

  /**
   * What it found.
   *
   * @param violations as they are written, by id
   * @param tallies by assertion and tally, those that are not zero
   */
  record Judged(Map<String, byte[]> violations, Map<String, Long> tallies) {
    public Judged {
      violations = Map.copyOf(violations);
      tallies = Map.copyOf(tallies);
    }
  }
}
