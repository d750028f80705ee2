package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.CountRecord;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts events by the version of the model that they name, so that a version is known that nothing
 * has violated yet.
 */
final class NamedVersions {
  /** Of a task. Whoever names more gives each event a version of its own. */
  private static final int MOST = 1_000;

  private static final int LONGEST = 200;
  private static final long MINUTE = 60_000_000_000L;

  private final Set<String> known = new HashSet<>();

  /** Of an event that was judged, or waits for those before it; others name nothing. */
  void count(Event event, Gathered gathered) {
    if (gathered.late() == null && gathered.duplicates() == 0) {
      event.stream()
          .versionOf(event.root())
          .filter(this::isTold)
          .ifPresent(
              version ->
                  gathered.count(
                      CountRecord.VERSIONS,
                      version,
                      Tally.SEEN,
                      Math.floorDiv(event.at(), MINUTE),
                      1));
    }
  }

  private boolean isTold(String version) {
    return known.contains(version)
        || (known.size() < MOST
            && !version.isEmpty()
            && version.length() <= LONGEST
            && known.add(version));
  }
}
