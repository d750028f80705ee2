package io.assay.stream.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Deletes the oldest segments of a project, by age and by size. */
public final class Retention {
  private final SegmentStore store;
  private final ArchiveSettings settings;
  private final String project;

  private record Kept(SegmentName name, SegmentStore.Stored stored) {}

  public Retention(SegmentStore store, ArchiveSettings settings, String project) {
    this.store = store;
    this.settings = settings;
    this.project = project;
  }

  /**
   * @return how many segments were deleted
   */
  public int apply(Instant now) {
    List<Kept> kept = new ArrayList<>();
    for (SegmentStore.Stored stored : store.list(SegmentName.prefix(project))) {
      Optional<SegmentName> name = SegmentName.parse(stored.name());
      name.ifPresent(known -> kept.add(new Kept(known, stored)));
    }
    kept.sort(Comparator.comparing((Kept segment) -> segment.name().hour()));
    Instant tooOld = now.minus(settings.keepFor());
    long bytes = kept.stream().mapToLong(segment -> segment.stored().bytes()).sum();
    int deleted = 0;
    for (Kept segment : kept) {
      if (bytes <= settings.keepBytes() && segment.name().end().isAfter(tooOld)) {
        break;
      }
      store.delete(segment.stored().name());
      bytes -= segment.stored().bytes();
      deleted++;
    }
    return deleted;
  }
}
