package io.assay.stream.contract;

import java.util.List;

/** Whoever follows the rules of all projects. */
@FunctionalInterface
public interface RuleListener {
  /** Generations became whole; after a failure of the broker some come again. */
  void came(List<RuleSet> sets);

  /** Nobody can still need a generation; told behind {@link #came}, where it was ever told. */
  default void forgotten(String project, long generation) {}
}
