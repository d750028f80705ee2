package io.assay.assertion.selection;

import org.jspecify.annotations.Nullable;

/**
 * What might be labelled: an episode of an assertion, or something that no assertion has flagged.
 *
 * @param id of the episode, or of what was not flagged
 * @param item what a label would be of: candidates of one item are one label, and at most one of
 *     them is picked
 * @param assertion that flagged it; null: none did, and only a draw from all can pick it
 * @param severity at least 0; only its order among those of one assertion counts
 * @param probabilities of the model's classes, where known
 * @param slice of the data, for stratified selection; null is a slice of its own
 * @param embedding of the sample, where there is one
 */
public record Candidate(
    String id,
    String item,
    Place place,
    @Nullable String assertion,
    double severity,
    @Nullable Probabilities probabilities,
    @Nullable String slice,
    @Nullable Embedding embedding) {
  public Candidate {
    if (!(severity >= 0) || Double.isInfinite(severity)) {
      throw new IllegalArgumentException(
          "candidate %s needs a severity of at least 0, got %s".formatted(id, severity));
    }
  }

  /** An episode that is labelled by itself. */
  public static Candidate flagged(String id, Place place, String assertion, double severity) {
    return new Candidate(id, id, place, assertion, severity, null, null, null);
  }

  /** Something that was judged and not flagged. */
  public static Candidate unflagged(String id, Place place) {
    return new Candidate(id, id, place, null, 0, null, null, null);
  }

  public Candidate of(String anItem) {
    return new Candidate(id, anItem, place, assertion, severity, probabilities, slice, embedding);
  }

  public Candidate with(Probabilities some) {
    return new Candidate(id, item, place, assertion, severity, some, slice, embedding);
  }

  public Candidate in(String aSlice) {
    return new Candidate(id, item, place, assertion, severity, probabilities, aSlice, embedding);
  }

  public Candidate at(Embedding some) {
    return new Candidate(id, item, place, assertion, severity, probabilities, slice, some);
  }
}
