package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.embeddings.Told.Progress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** When a release is complete, as far as anybody can tell. */
final class Closing {
  /** Of a base's items. */
  private static final double ENOUGH = 0.99;

  private final int partitions;
  private final long quietMillis;

  Closing(EmbeddingsSettings settings) {
    this.partitions = settings.partitions();
    this.quietMillis = settings.quietAfter().toMillis();
  }

  /**
   * Why it closes; empty while it does not.
   *
   * @param all that there are
   * @param alive when each task last said that nothing is on its way
   * @param items of a base
   */
  Optional<String> reason(
      MergedRelease release,
      Collection<MergedRelease> all,
      Map<Integer, Long> alive,
      ToLongFunction<String> items) {
    if (release.status() != ReleaseStatus.OPEN || release.progress.size() < partitions) {
      return Optional.empty();
    }
    if (release.isComplete(partitions)) {
      return Optional.of("a marker in each partition");
    }
    if (!release.isQuiet(alive, partitions, quietMillis)) {
      return Optional.empty();
    }
    if (release.progress.values().stream().anyMatch(Progress::marked)) {
      return Optional.of("a marker, and quiet");
    }
    return withoutMarker(release, all, items);
  }

  private static Optional<String> withoutMarker(
      MergedRelease release, Collection<MergedRelease> all, ToLongFunction<String> items) {
    if (release.record.bases().isEmpty()) {
      boolean isFollowed =
          all.stream()
              .anyMatch(
                  other ->
                      other.status() == ReleaseStatus.OPEN
                          && other.record.number() > release.record.number());
      return isFollowed
          ? Optional.of("another release has begun, and this one is quiet")
          : Optional.empty();
    }
    String base = release.record.bases().getFirst();
    long wanted = items.applyAsLong(base);
    return wanted > 0 && release.shared(base) >= ENOUGH * wanted
        ? Optional.of("99 %% of the items of '%s', and quiet".formatted(base))
        : Optional.empty();
  }
}
