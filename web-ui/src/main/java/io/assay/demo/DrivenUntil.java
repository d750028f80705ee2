package io.assay.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Up to when a simulated world has been told, kept in a file.
 *
 * <p>Written ahead of what is sent, so that even after a kill what comes next is later than any
 * event of before.
 */
final class DrivenUntil {
  private final Path file;
  private final long ahead;
  private long until;

  /** {@code ahead}: so many milliseconds are noted before they are reached. */
  DrivenUntil(Path file, long ahead) {
    this.file = file;
    this.ahead = ahead;
    this.until = read(file);
  }

  /** When the next drive may begin at the earliest. */
  Instant next() {
    return until == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(until + 1);
  }

  /** As a number; the other one where nothing has been told yet. */
  long nextOr(long none) {
    return until == Long.MIN_VALUE ? none : until + 1;
  }

  /** To be called before events up to this time are sent. */
  void reach(long atMillis) {
    if (atMillis <= until) {
      return;
    }
    until = atMillis + ahead;
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, until + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long read(Path file) {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : Long.MIN_VALUE;
    } catch (NumberFormatException damaged) {
      return Long.MIN_VALUE;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
