package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Embeddings;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What rules ask of releases of some embeddings. */
final class AskedOfReleases {
  private static final int USUAL_NEIGHBOURS = 5;

  private AskedOfReleases() {}

  /** The assertions that compare releases of these. */
  static List<CheckedAssertion> assertions(CheckedRules rules, String embeddings) {
    return rules.assertions().stream()
        .filter(
            one ->
                one.context()
                    .releases()
                    .filter(releases -> releases.embeddings().name().equals(embeddings))
                    .isPresent())
        .toList();
  }

  /** The names of releases that are held against whatever was accepted since. */
  static Set<String> pinned(CheckedRules rules, Embeddings embeddings) {
    Set<String> pinned = new TreeSet<>();
    for (CheckedAssertion one : assertions(rules, embeddings.name())) {
      one.context().releases().flatMap(Context.Releases::pinned).ifPresent(pinned::add);
    }
    return pinned;
  }

  /** Of how many neighbours the share is asked; five where nobody asks. */
  static SortedSet<Integer> neighbours(CheckedRules rules, String embeddings) {
    SortedSet<Integer> counts = new TreeSet<>();
    for (CheckedAssertion one : assertions(rules, embeddings)) {
      for (Context.Measured measured :
          one.context().releases().map(Context.Releases::measures).orElse(List.of())) {
        if (measured.measure() instanceof Context.Measure.Neighbours(long count)
            && count <= Integer.MAX_VALUE) {
          counts.add((int) count);
        }
      }
    }
    return counts.isEmpty() ? new TreeSet<>(Set.of(USUAL_NEIGHBOURS)) : counts;
  }
}
