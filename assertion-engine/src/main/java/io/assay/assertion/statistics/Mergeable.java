package io.assay.assertion.statistics;

/**
 * What a partial window keeps of the events it has seen. The state is a function of the set of
 * events alone: neither their order nor how they were split over partials can be seen in it, so
 * that what is judged live and what a backtest says are the same.
 *
 * @param <S> the kind itself
 */
public interface Mergeable<S extends Mergeable<S>> {
  /** Takes in what another has seen; the other stays as it is. */
  void merge(S other);

  /** Begins with a version; equal states give equal bytes. */
  byte[] toBytes();
}
