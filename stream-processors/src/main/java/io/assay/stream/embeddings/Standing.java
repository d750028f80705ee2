package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** What releases that are closed are still held to be. */
final class Standing {
  private Standing() {}

  /** The last that closed and is accepted. */
  static Optional<MergedRelease> previous(Collection<MergedRelease> all) {
    return all.stream()
        .filter(one -> one.status() == ReleaseStatus.ACCEPTED)
        .max(
            Comparator.comparingLong((MergedRelease one) -> one.record.closedMillis())
                .thenComparingLong(one -> one.record.number()));
  }

  /** Whether the vectors of a closed release are, or may be, compared with others. */
  static boolean isNeeded(
      MergedRelease release, Collection<MergedRelease> all, Set<String> pinned) {
    return pinned.contains(release.name())
        || previous(all).map(one -> one.name().equals(release.name())).orElse(false)
        || mayBeAccepted(release, all)
        || all.stream().anyMatch(one -> isMeasuredAgainst(one, release));
  }

  private static boolean isMeasuredAgainst(MergedRelease one, MergedRelease base) {
    return one.status().isMeasured() && one.record.bases().contains(base.name());
  }

  /** Until a later one closes, whatever becomes of that. */
  private static boolean mayBeAccepted(MergedRelease release, Collection<MergedRelease> all) {
    return release.status() == ReleaseStatus.REJECTED
        && all.stream()
            .filter(one -> one.status().isClosed())
            .noneMatch(one -> one.record.closedMillis() > release.record.closedMillis());
  }
}
