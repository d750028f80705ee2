package io.assay.stream.contract;

import io.assay.assertion.rule.ir.CheckedRules;

/** A generation that was compiled here. */
public record RuleGeneration(RuleSet set, CheckedRules rules) {
  public long number() {
    return set.generation();
  }
}
