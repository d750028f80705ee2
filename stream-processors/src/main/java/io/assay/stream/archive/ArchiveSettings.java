package io.assay.stream.archive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where past events are kept, and for how long.
 *
 * @param folder one for all processes of an installation
 * @param keepFor segments whose hour has been over for so long are deleted
 * @param keepBytes beyond this the oldest segments of the project are deleted
 * @param rollEvery no segment is open for longer: so much of the past cannot be read yet
 * @param segmentBytes a segment that is larger is ended
 */
public record ArchiveSettings(
    Path folder, Duration keepFor, long keepBytes, Duration rollEvery, long segmentBytes) {
  public static final Duration DEFAULT_KEEP_FOR = Duration.ofDays(30);
  public static final long DEFAULT_KEEP_BYTES = 100L << 30;
  public static final Duration DEFAULT_ROLL_EVERY = Duration.ofMinutes(10);
  static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

  public ArchiveSettings {
    if (keepFor.compareTo(SegmentName.HOUR) < 0) {
      throw new IllegalArgumentException(
          "the archive needs to keep events for an hour or more, got " + keepFor);
    }
    if (rollEvery.toMillis() < 1 || keepBytes < 1 || segmentBytes < 1) {
      throw new IllegalArgumentException(
          "the archive needs times and sizes above 0, got %s, %d and %d"
              .formatted(rollEvery, keepBytes, segmentBytes));
    }
  }

  public static ArchiveSettings in(Path folder) {
    return new ArchiveSettings(
        folder, DEFAULT_KEEP_FOR, DEFAULT_KEEP_BYTES, DEFAULT_ROLL_EVERY, DEFAULT_SEGMENT_BYTES);
  }

  /** Kept until one of both is reached. */
  public ArchiveSettings keep(Duration time, long bytes) {
    return new ArchiveSettings(folder, time, bytes, rollEvery, segmentBytes);
  }

  public ArchiveSettings rollEvery(Duration time) {
    return new ArchiveSettings(folder, keepFor, keepBytes, time, segmentBytes);
  }
}
