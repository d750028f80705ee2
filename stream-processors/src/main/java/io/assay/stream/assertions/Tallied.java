package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.stream.contract.CountRecord;
import java.util.Map;

/** Hears what a task counts, a moment later and in sums. */
interface Tallied {
  void counted(CountSheet.Name name, Tally tally, long by);

  /** {@code figures}: by stream; of others nothing is told. */
  static Tallied to(Map<String, Figures> figures) {
    return (name, tally, by) -> {
      Figures own = figures.get(name.stream());
      if (own != null && !name.assertion().equals(CountRecord.VERSIONS)) {
        own.counted(name.assertion(), tally, by);
      }
    };
  }
}
