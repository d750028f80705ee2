package io.assay.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Up to when the street has been driven, kept in a file.
 *
 * <p>Written ahead of what is sent, so that even after a kill the next drive begins later than any
 * event of the last.
 */
final class DrivenUntil {
  private static final long AHEAD_MILLIS = 5000;

  private final Path file;
  private long until;

  DrivenUntil(Path file) {
    this.file = file;
    this.until = read(file);
  }

  /** When the next drive may begin at the earliest. */
  Instant next() {
    return until == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(until + 1);
  }

  /** To be called before events up to this time are sent. */
  void reach(long atMillis) {
    if (atMillis <= until) {
      return;
    }
    until = atMillis + AHEAD_MILLIS;
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
