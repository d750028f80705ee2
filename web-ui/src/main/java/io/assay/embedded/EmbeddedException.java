package io.assay.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why the embedded database or broker did not start, or stopped, and what a person can do. */
public final class EmbeddedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Below this, a failed write is taken for a full disk whatever the message says. */
  private static final long NOTHING_LEFT = 256 * 1024;

  private final Problem problem;

  EmbeddedException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  EmbeddedException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** The kinds of trouble that a caller may want to tell apart. */
  public enum Problem {
    PORT_TAKEN,
    NOT_WRITABLE,
    DISK_FULL,
    IN_USE,
    DAMAGED,
    UNSUPPORTED,
    FAILED
  }

  public Problem problem() {
    return problem;
  }

  static EmbeddedException portTaken(String server, int port, String setting, Throwable cause) {
    return new EmbeddedException(
        Problem.PORT_TAKEN,
        "%s needs port %d on 127.0.0.1, but another process listens there; stop that process, or choose another %s (0 takes any free one)"
            .formatted(server, port, setting),
        cause);
  }

  static EmbeddedException diskFull(Path folder, String needed, @Nullable Throwable cause) {
    return new EmbeddedException(
        Problem.DISK_FULL,
        "%s needs %s, but the disk has %s left; free some space, or choose another folder"
            .formatted(folder, needed, megabytes(usable(folder))),
        cause);
  }

  static EmbeddedException notWritable(Path folder, String came, @Nullable Throwable cause) {
    return new EmbeddedException(
        Problem.NOT_WRITABLE,
        "the data folder %s must be writable by this user, but %s; give the user the folder, or choose another one"
            .formatted(folder, came),
        cause);
  }

  /** Sorts a failed file operation: full disk, missing right, or anything else. */
  static EmbeddedException io(Path folder, String doing, IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (saysDiskFull(text) || usable(folder) < NOTHING_LEFT) {
      return diskFull(folder, "room for " + doing, cause);
    }
    if (cause instanceof AccessDeniedException
        || text.contains("Permission denied")
        || text.contains("Read-only file system")) {
      return notWritable(folder, doing + " failed: " + reason(cause), cause);
    }
    return new EmbeddedException(
        Problem.FAILED, "%s in %s failed: %s".formatted(doing, folder, reason(cause)), cause);
  }

  static boolean saysDiskFull(String text) {
    return text.contains("No space left on device") || text.contains("Disk quota exceeded");
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024));
  }

  /** {@link Long#MAX_VALUE} where the file system does not tell. */
  static long usable(Path folder) {
    try {
      Path existing = folder.toAbsolutePath();
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof AccessDeniedException
        ? "no right to write " + message
        : message == null ? failure.getClass().getSimpleName() : message;
  }
}
