package io.assay.stream.embeddings;

import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules say of a closed release.
 *
 * @param verdicts by base; those that are held against a release that is not there, by ""
 * @param judgement what assertions that are active came to; empty where none is
 * @param objections of assertions that are active, for people: what was violated or undecided
 */
record Judged(
    Map<String, List<Verdict>> verdicts, Optional<Outcome> judgement, List<String> objections) {
  Judged {
    verdicts = Map.copyOf(verdicts);
    objections = List.copyOf(objections);
  }

  List<Verdict> of(String base) {
    return verdicts.getOrDefault(base, List.of());
  }
}
